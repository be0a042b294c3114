package io.tare.history.compare;

import io.tare.formats.text.Nearest;
import io.tare.history.judge.Curve;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a budget may name, in which unit; and a budget that a healthy process would keep. */
public final class BudgetNames {
  /** Room above what was seen: the next healthy run is not the same to the byte. */
  private static final double ROOM = 1.25;
  private static final double LEAST_BYTES = 4 << 20;
  private static final double MEGABYTE = 1 << 20;
  private static final int ROOM_FOR_THINGS = 4;
  /** What only logs tell. */
  private static final Set<String> OF_LOGS = Set.of("direct", "objects", "stack");
  private static final Set<String> NAMES = names();
  private static final Set<String> COUNTS = Stream.concat(Stream.of("objects"), Arrays.stream(SampleColumn.values())
      .filter(column -> column.unit() == SeriesUnit.COUNT || column.unit() == SeriesUnit.COUNT_COUNTER)
      .map(SampleColumn::series)).collect(Collectors.toSet());

  private BudgetNames() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(OF_LOGS);
    names.add(SeriesNames.NET);
    names.add("unexplained");
    Arrays.stream(SampleColumn.values()).filter(column -> column.unit() != SeriesUnit.FACT).map(SampleColumn::series)
        .forEach(names::add);
    Arrays.stream(Account.values()).map(Account::id).forEach(names::add);
    return names;
  }

  /** What is wrong with a limit, in a sentence; empty when nothing is. A limit that can never be broken guards nothing. */
  static String problem(String id, String amount) {
    if (!NAMES.contains(id)) {
      return "there is no account or figure '" + id + "'" + Nearest.to(id, NAMES).map(near -> "; did you mean '" + near
          + "'?").orElse("");
    }
    boolean isPlain = amount.chars().allMatch(c -> c >= '0' && c <= '9');
    return COUNTS.contains(id) && !isPlain
        ? id + " counts things: write a whole number, such as " + id + " = 200, not '" + amount + "'"
        : "";
  }

  /**
   * The budget that this process would keep, as a file: the most that each account held, and a quarter more. Small accounts and what is
   * the machine's are left out.
   */
  public static String learn(Timeline timeline) {
    StringBuilder text = new StringBuilder("# learnt from ").append(timeline.target().replaceAll("\\p{Cntrl}", " "))
        .append(": the most that was seen, and a quarter more\n");
    for (Series series : timeline.series()) {
      boolean isGuarded = NAMES.contains(series.id()) && !series.id().startsWith("cgroup.")
          && !series.id().equals(SeriesNames.RSS_PEAK) && !series.points().isEmpty();
      double most = isGuarded ? Curve.of(series.points()).highest() : 0;
      if (isGuarded && series.unit() == SeriesUnit.BYTES && most >= LEAST_BYTES) {
        text.append(String.format(Locale.ROOT, "%s = %.0fMB%n", series.id(), Math.ceil(most * ROOM / MEGABYTE)));
      } else if (isGuarded && series.unit() == SeriesUnit.COUNT && most > 0) {
        text.append(String.format(Locale.ROOT, "%s = %.0f%n", series.id(), Math.ceil(most * ROOM) + ROOM_FOR_THINGS));
      }
    }
    return text.append("no-leak = true\n").toString();
  }
}
