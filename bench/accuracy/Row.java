import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A reading as a line of the table. */
final class Row {
  static final String HEADING = format("fault", "jdk", "collector", "rss", "unexplained", "%", "inferred %", "observer",
      "ms", "verdict", "broken");

  private Row() {}

  static String of(Case wanted, LedgerReading ledger, Judgement judgement) {
    String broken = judgement.broken().stream().map(Judgement.Check::toString).collect(Collectors.joining("; "));
    String expected = wanted.fault().rule();
    return format(wanted.fault().name(), Integer.toString(wanted.jdk()), wanted.collector(), size(ledger.rssBytes()),
        size(ledger.unexplainedBytes()), percent(ledger.unexplainedBytes(), ledger.rssBytes()),
        percent(ledger.inferredBytes(), ledger.rssBytes()), size(ledger.observerBytes()),
        Long.toString(ledger.wallMillis()), verdicts(ledger.rules(), expected),
        broken.isEmpty() ? "-" : broken);
  }

  /** What the ledger concludes, the expected verdict first; a missing one is said. */
  private static String verdicts(List<String> found, String expected) {
    String others = found.stream().filter(rule -> !rule.equals(expected)).collect(Collectors.joining(" "));
    String first = expected.isEmpty() || found.contains(expected) ? expected : "not " + expected + ",";
    return (first + " " + others).strip();
  }

  static String without(Case wanted, String reason) {
    return format(wanted.fault().name(), Integer.toString(wanted.jdk()), wanted.collector(), "-", "-", "-", "-", "-",
        "-", "-", reason);
  }

  private static String format(String... columns) {
    return String.format(Locale.ROOT, "%-20s %3s %-10s %9s %11s %6s %10s %9s %5s  %-45s %s", (Object[]) columns);
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f", whole == 0 ? 0.0 : 100.0 * part / whole);
  }

  /** {@code 12.3M}, {@code 45K}. */
  static String size(long bytes) {
    return Math.abs(bytes) >= 1 << 20
        ? String.format(Locale.ROOT, "%.1fM", bytes / (double) (1 << 20))
        : String.format(Locale.ROOT, "%dK", bytes >> 10);
  }
}
