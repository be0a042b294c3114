package io.tare.history.compare;

import io.tare.formats.NotThisFormat;
import io.tare.formats.text.Sizes;
import io.tare.history.compare.Budget.Limit;
import io.tare.history.judge.AmountWords;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Line;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.ledger.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process may weigh at most, account by account, and whether it must not leak. */
public record Budget(List<Limit> limits, boolean noLeak) {
  public static final Budget EMPTY = new Budget(List.of(), false);

  public Budget {
    limits = List.copyOf(limits);
  }

  /**
   * A limit of one account or scale.
   *
   * @param share whether the amount is a percentage of RSS
   */
  public record Limit(String id, double amount, boolean share, String written) {}

  public Budget and(Budget more) {
    List<Limit> all = new ArrayList<>(limits);
    all.addAll(more.limits);
    return new Budget(all, noLeak || more.noLeak);
  }

  public Budget withoutLeak() {
    return new Budget(limits, true);
  }

  public boolean isEmpty() {
    return limits.isEmpty() && !noLeak;
  }

  /**
   * Budgets as people write them, a line each:
   *
   * <pre>
   * # orders service
   * heap.live = 80MB
   * unexplained = 1%
   * threads = 200
   * no-leak = true
   * </pre>
   */
  public static final class BudgetText {
    private static final int MOST_LINES = 10_000;
    private static final Pattern LINE = Pattern.compile("([a-z][a-z0-9.-]{0,60})\\s*=\\s*(\\S.{0,60})");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)\\s*%");

    private BudgetText() {}

    /** A whole file; a line that is not understood fails it, since a budget that is silently smaller protects nobody. */
    public static Budget parse(String content) throws NotThisFormat {
      Budget budget = Budget.EMPTY;
      List<String> lines = content.lines().limit(MOST_LINES).toList();
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).replaceFirst("#.*", "").strip();
        if (!line.isEmpty()) {
          budget = budget.and(line(line, "line " + (i + 1)));
        }
      }
      return budget;
    }

    /** Limits with commas between them: {@code heap.live=80MB,unexplained=1%}. */
    public static Budget parseList(String list) throws NotThisFormat {
      Budget budget = Budget.EMPTY;
      for (String part : list.split(",")) {
        budget = budget.and(line(part.strip(), "'" + part.strip() + "'"));
      }
      return budget;
    }

    private static Budget line(String line, String where) throws NotThisFormat {
      Matcher parts = LINE.matcher(line);
      if (!parts.matches()) {
        throw new NotThisFormat(where + " is no limit; write 'account = amount', such as heap.live = 80MB");
      }
      if (parts.group(1).equals("no-leak")) {
        return new Budget(List.of(), flag(parts.group(2).strip(), where));
      }
      String problem = BudgetNames.problem(parts.group(1), parts.group(2).strip());
      if (!problem.isEmpty()) {
        throw new NotThisFormat(where + ": " + problem);
      }
      Limit most = most(parts.group(1), parts.group(2).strip())
          .orElseThrow(() -> new NotThisFormat(where + ": '" + parts.group(2).strip()
              + "' is no amount; write 80MB, 1% or a whole number"));
      return new Budget(new ArrayList<>(List.of(most)), false);
    }

    private static boolean flag(String value, String where) throws NotThisFormat {
      if (!value.equals("true") && !value.equals("false")) {
        throw new NotThisFormat(where + ": no-leak is true or false, not '" + value + "'");
      }
      return value.equals("true");
    }

    private static Optional<Limit> most(String id, String amount) {
      Matcher percent = PERCENT.matcher(amount);
      if (percent.matches()) {
        return Optional.of(new Limit(id, Double.parseDouble(percent.group(1)), true, id + " <= " + amount));
      }
      OptionalLong size = Sizes.bytes(amount);
      return size.isPresent() && size.getAsLong() >= 0
          ? Optional.of(new Limit(id, size.getAsLong(), false, id + " <= " + amount))
          : Optional.empty();
    }
  }

  /** Holds a weighing against a budget. What was not measured is never taken for kept. */
  public static final class BudgetChecks {
    private BudgetChecks() {}

    /** The outcome of every line. The verdict is that of the process over time; empty for a single moment. */
    public static BudgetCheck check(Budget budget, Snapshot weighing, Optional<LeakVerdict> verdict) {
      List<Line> lines = new ArrayList<>();
      budget.limits().forEach(most -> lines.add(line(most, weighing)));
      if (budget.noLeak()) {
        lines.add(verdict.map(BudgetChecks::leak).orElseGet(() -> new Line("no leak", Outcome.CANNOT_TELL,
            "a single moment proves no leak and no absence of one: check a recording or a log")));
      }
      return new BudgetCheck(weighing.target(), lines);
    }

    private static Line leak(LeakVerdict verdict) {
      Outcome outcome = switch (verdict.answer()) {
        case LEAK -> Outcome.BROKEN;
        case NO_LEAK -> Outcome.KEPT;
        case CANNOT_TELL -> Outcome.CANNOT_TELL;
      };
      return new Line("no leak", outcome, verdict.summaryWithName());
    }

    private static Line line(Limit most, Snapshot weighing) {
      Optional<Bounds> bounds = Bounds.of(most.id(), weighing);
      if (bounds.isPresent()) {
        return compared(most, bounds.get(), weighing);
      }
      Optional<Bounds> floor = Bounds.of(SeriesNames.HEAP_FLOOR, weighing);
      return most.id().equals(Account.HEAP_LIVE.id()) && floor.isPresent()
          ? bound(most, floor.get(), weighing)
          : new Line(most.written(), Outcome.CANNOT_TELL, most.id() + " was not measured");
    }

    /** Kept only if the most that it may be is below, broken only if the least is above. */
    private static Line compared(Limit limit, Bounds bounds, Snapshot weighing) {
      Optional<Double> least = value(limit, bounds.least(), weighing);
      Optional<Double> most = value(limit, bounds.most(), weighing);
      if (least.isEmpty() || most.isEmpty()) {
        return new Line(limit.written(), Outcome.CANNOT_TELL, "a share of RSS, which was not measured");
      }
      if (most.get() <= limit.amount()) {
        return new Line(limit.written(), Outcome.KEPT, found(limit, bounds, least.get(), most.get()));
      }
      if (least.get() > limit.amount()) {
        return new Line(limit.written(), Outcome.BROKEN, found(limit, bounds, least.get(), most.get()));
      }
      return new Line(limit.written(), Outcome.CANNOT_TELL, found(limit, bounds, least.get(), most.get())
          + "; what lies between has no owner, or may be in use or idle: 'tare explain' says which, and what would tell");
    }

    private static String found(Limit limit, Bounds bounds, double least, double most) {
      String upper = words(limit, most, bounds.unit());
      if (bounds.isExact() || words(limit, least, bounds.unit()).equals(upper)) {
        return most == 0
            ? limit.id() + " is not in the ledger: nothing of it is resident"
            : limit.id() + " is " + upper;
      }
      String lower = least <= 0 ? "" : "at least " + words(limit, least, bounds.unit()) + " and ";
      return limit.id() + " is " + lower + "at most " + upper;
    }

    /** The heap right after a collection is at least what lives. */
    private static Line bound(Limit most, Bounds floor, Snapshot weighing) {
      Line compared = compared(most, floor, weighing);
      String found = value(most, floor.most(), weighing).map(value -> words(most, value, floor.unit()))
          .orElse("unknown");
      return compared.outcome() == Outcome.KEPT
          ? new Line(most.written(), Outcome.KEPT, "at most this was live after a collection: " + found)
          : new Line(most.written(), Outcome.CANNOT_TELL,
              "the heap after a collection is " + found + ", and may hold old garbage: --ask=gc tells the live part");
    }

    private static Optional<Double> value(Limit most, double level, Snapshot weighing) {
      if (!most.share()) {
        return Optional.of(level);
      }
      Amount rss = weighing.amounts().get(SeriesNames.RSS);
      return rss == null || rss.level() <= 0 ? Optional.empty() : Optional.of(100 * level / rss.level());
    }

    private static String words(Limit most, double value, SeriesUnit unit) {
      return most.share() ? String.format(Locale.ROOT, "%.2f %% of RSS", value) : AmountWords.of(value, unit);
    }
  }
}
