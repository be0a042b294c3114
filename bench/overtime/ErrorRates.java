import java.util.ArrayList;
import java.util.List;

/** Both sorts of errors, over all outcomes. */
final class ErrorRates {
  private final List<Outcome> all = new ArrayList<>();

  void add(Outcome outcome) {
    all.add(outcome);
  }

  boolean isClean() {
    return all.stream().noneMatch(Outcome::isFalseAlarm) && all.stream().allMatch(o -> !o.isLeaky() || o.isFound());
  }

  String text() {
    long healthy = all.stream().filter(outcome -> !outcome.isLeaky()).count();
    long leaky = all.size() - healthy;
    long alarms = all.stream().filter(Outcome::isFalseAlarm).count();
    long missed = all.stream().filter(outcome -> outcome.isLeaky() && !outcome.isFound()).count();
    long open = all.stream().filter(outcome -> !outcome.isLeaky() && outcome.isOpen()).count();
    return "false alarms: " + alarms + " of " + all.size() + " programs; missed leaks: " + missed + " of " + leaky
        + "; healthy programs that were left open: " + open + " of " + healthy;
  }
}
