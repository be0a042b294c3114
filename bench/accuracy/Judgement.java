import io.tare.cases.faults.launch.RunningFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What is right and wrong with a reading. */
record Judgement(List<Check> checks) {
  /**
   * One comparison of the ledger with a truth or with a promise.
   *
   * @param relation {@code =}, {@code ≥} or {@code ≤}
   */
  record Check(String subject, long found, String relation, long bound, boolean holds) {
    @Override
    public String toString() {
      return subject + " " + Row.size(found) + (holds ? " " : " not ") + relation + " " + Row.size(bound);
    }
  }

  static Judgement of(LedgerReading ledger, RunningFault truth, boolean asked) {
    List<Check> checks = new ArrayList<>(promises(ledger, asked));
    for (String relation : List.of("=", "≥", "≤")) {
      for (Map.Entry<String, Long> entry : truth.bytes(part(relation)).entrySet()) {
        OptionalLong found = ledger.bytes(entry.getKey());
        if (found.isPresent()) {
          checks.add(compare(entry.getKey(), found.getAsLong(), relation, entry.getValue()));
        }
      }
    }
    return new Judgement(List.copyOf(checks));
  }

  private static String part(String relation) {
    return switch (relation) {
      case "=" -> "truth";
      case "≥" -> "atLeast";
      default -> "atMost";
    };
  }

  private static Check compare(String subject, long found, String relation, long truth) {
    long tolerance = Bounds.tolerance(truth);
    boolean holds = switch (relation) {
      case "=" -> Math.abs(found - truth) <= tolerance;
      case "≥" -> found >= truth - tolerance;
      default -> found <= truth + tolerance;
    };
    return new Check(subject, found, relation, truth, holds);
  }

  private static List<Check> promises(LedgerReading ledger, boolean asked) {
    Bounds bounds = new Bounds(ledger.rssBytes(), asked);
    long sum = ledger.accountsBytes() + ledger.unexplainedBytes();
    List<Check> promises = new ArrayList<>();
    promises.add(new Check("sum", sum, "=", ledger.rssBytes(), sum == ledger.rssBytes()));
    promises.add(most("unexplained", ledger.unexplainedBytes(), bounds.unexplained()));
    promises.add(most("observer", ledger.observerBytes(), bounds.observer()));
    if (ledger.isJvm()) {
      promises.add(most("inferred", ledger.inferredBytes(), bounds.inferred()));
    }
    return promises;
  }

  private static Check most(String subject, long found, long bound) {
    return new Check(subject, found, "≤", bound, found <= bound);
  }

  List<Check> broken() {
    return checks.stream().filter(check -> !check.holds()).toList();
  }
}
