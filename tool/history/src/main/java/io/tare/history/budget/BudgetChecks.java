package io.tare.history.budget;

import io.tare.history.budget.Budget.Limit;
import io.tare.history.verdict.Amounts;
import io.tare.model.history.BudgetCheck;
import io.tare.model.history.BudgetCheck.Line;
import io.tare.model.history.BudgetCheck.Outcome;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.ledger.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a weighing against a budget. What was not measured is never taken for kept. */
public final class BudgetChecks {
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
    return new Line("no leak", outcome, verdict.summary());
  }

  private static Line line(Limit most, Snapshot weighing) {
    Amount amount = weighing.amounts().get(most.id());
    if (amount != null) {
      return compared(most, amount, weighing);
    }
    Amount floor = weighing.amounts().get(SeriesNames.HEAP_FLOOR);
    if (most.id().equals(Account.HEAP_LIVE.id()) && floor != null) {
      return bound(most, floor, weighing);
    }
    boolean known = Account.byId(most.id()).isPresent() && weighing.amounts().containsKey(SeriesNames.RSS)
        && weighing.amounts().containsKey("unexplained") && !most.id().equals(Account.HEAP_LIVE.id());
    return known
        ? new Line(most.written(), Outcome.KEPT, most.id() + " is not in the ledger: nothing of it is resident")
        : new Line(most.written(), Outcome.CANNOT_TELL, most.id() + " was not measured");
  }

  private static Line compared(Limit most, Amount amount, Snapshot weighing) {
    Optional<Double> value = value(most, amount, weighing);
    if (value.isEmpty()) {
      return new Line(most.written(), Outcome.CANNOT_TELL, "a share of RSS, which was not measured");
    }
    boolean kept = value.get() <= most.amount();
    return new Line(most.written(), kept ? Outcome.KEPT : Outcome.BROKEN,
        most.id() + " is " + words(most, value.get(), amount.unit()));
  }

  /** The heap right after a collection is at least what lives. */
  private static Line bound(Limit most, Amount floor, Snapshot weighing) {
    Line compared = compared(most, floor, weighing);
    return compared.outcome() == Outcome.KEPT
        ? new Line(most.written(), Outcome.KEPT, "at most this was live after a collection: "
            + value(most, floor, weighing).map(value -> words(most, value, floor.unit())).orElse(""))
        : new Line(most.written(), Outcome.CANNOT_TELL,
            "the heap after a collection is "
                + value(most, floor, weighing).map(value -> words(most, value, floor.unit())).orElse("unknown")
                + ", and may hold old garbage: --ask=gc tells the live part");
  }

  private static Optional<Double> value(Limit most, Amount amount, Snapshot weighing) {
    if (!most.share()) {
      return Optional.of(amount.level());
    }
    Amount rss = weighing.amounts().get(SeriesNames.RSS);
    return rss == null || rss.level() <= 0 ? Optional.empty() : Optional.of(100 * amount.level() / rss.level());
  }

  private static String words(Limit most, double value, SeriesUnit unit) {
    return most.share() ? String.format(Locale.ROOT, "%.2f %% of RSS", value) : Amounts.of(value, unit);
  }
}
