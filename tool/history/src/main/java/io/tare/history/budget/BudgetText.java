package io.tare.history.budget;

import io.tare.formats.NotThisFormat;
import io.tare.formats.text.Sizes;
import io.tare.history.budget.Budget.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
public final class BudgetText {
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
