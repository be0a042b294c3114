import io.tare.cases.faults.launch.RunningFault;
import java.util.LinkedHashMap;
import java.util.Map;

/** A reading as a line of JSON: everything that was compared, right or wrong. */
final class JsonRow {
  private JsonRow() {}

  static Map<String, Object> of(Case wanted, RunningFault running, LedgerReading ledger, Judgement judgement) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("case", wanted.label());
    row.put("fault", wanted.fault().name());
    row.put("jdk", running.line().getOrDefault("jdk", ""));
    row.put("collector", running.line().getOrDefault("collector", ""));
    row.put("rssBytes", ledger.rssBytes());
    row.put("rssBytesFromInside", running.line().getOrDefault("rssBytes", 0L));
    row.put("unexplainedBytes", ledger.unexplainedBytes());
    row.put("inferredBytes", ledger.inferredBytes());
    row.put("observerBytes", ledger.observerBytes());
    row.put("wallMillis", ledger.wallMillis());
    row.put("verdicts", ledger.rules());
    row.put("expectedVerdict", wanted.fault().rule());
    row.put("checks", judgement.checks().stream().map(JsonRow::check).toList());
    row.put("holds", judgement.broken().isEmpty());
    return row;
  }

  private static Map<String, Object> check(Judgement.Check check) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("subject", check.subject());
    map.put("found", check.found());
    map.put("relation", check.relation());
    map.put("bound", check.bound());
    map.put("holds", check.holds());
    return map;
  }
}
