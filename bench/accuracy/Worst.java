import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The worst of each fault over all its readings, as a table for the documentation. */
final class Worst {
  /** One fault's readings so far. */
  private record Line(int readings, int checks, int broken, long unexplainedBytes, double unexplainedPercent,
      double inferredPercent, long observerBytes) {
    static final Line NONE = new Line(0, 0, 0, 0, 0, 0, 0);

    Line with(LedgerReading ledger, Judgement judgement) {
      return new Line(readings + 1, checks + judgement.checks().size(), broken + judgement.broken().size(),
          Math.max(unexplainedBytes, ledger.unexplainedBytes()),
          Math.max(unexplainedPercent, 100.0 * ledger.unexplainedBytes() / ledger.rssBytes()),
          Math.max(inferredPercent, 100.0 * ledger.inferredBytes() / ledger.rssBytes()),
          Math.max(observerBytes, ledger.observerBytes()));
    }
  }

  private final Map<String, Line> lines = new LinkedHashMap<>();

  void add(String fault, LedgerReading ledger, Judgement judgement) {
    lines.merge(fault, Line.NONE.with(ledger, judgement), (before, ignored) -> before.with(ledger, judgement));
  }

  String table() {
    List<String> head = List.of("| situation | readings | unexplained, at most | inferred, at most | RSS grew, at most | comparisons | outside |",
        "|---|--:|--:|--:|--:|--:|--:|");
    String rows = lines.entrySet().stream().map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n"));
    return String.join("\n", head) + "\n" + rows;
  }

  private static String row(String fault, Line line) {
    return String.format(Locale.ROOT, "| %s | %d | %s, %.2f %% | %.2f %% | %s | %d | %d |", fault, line.readings,
        Row.size(line.unexplainedBytes), line.unexplainedPercent, line.inferredPercent, Row.size(line.observerBytes),
        line.checks, line.broken);
  }
}
