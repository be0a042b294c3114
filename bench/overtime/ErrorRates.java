import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Both sorts of errors, over all outcomes; and what was said of leaking and of healthy programs, by JDK, collector and half. */
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
    return table() + "false alarms: " + alarms + " of " + all.size() + " programs; missed leaks: " + missed + " of " + leaky
        + "; healthy programs that were left open: " + open + " of " + healthy;
  }

  private String table() {
    Map<String, List<Outcome>> groups = new TreeMap<>();
    all.forEach(outcome -> groups.computeIfAbsent(String.format("%3d %-10s %-10s", outcome.jdk(), outcome.collector(),
        outcome.story().heldOut() ? "kept-apart" : "tuned"), _ -> new ArrayList<>()).add(outcome));
    StringBuilder text = new StringBuilder(String.format("%n%-27s %-32s %s%n%-27s %6s %6s %12s   %8s %6s %8s%n", "",
        "leaking programs called", "healthy programs called", "jdk collector  half", "leak", "open", "healthy", "leak", "open",
        "healthy"));
    groups.forEach((name, some) -> text.append(String.format("%-27s %6d %6d %12d   %8d %6d %8d%n", name,
        count(some, o -> o.isLeaky() && o.isFound()), count(some, o -> o.isLeaky() && !o.isFound() && o.isOpen()),
        count(some, o -> o.isLeaky() && !o.isFound() && !o.isOpen()), count(some, o -> !o.isLeaky() && o.isFalseAlarm()),
        count(some, o -> !o.isLeaky() && !o.isFalseAlarm() && o.isOpen()),
        count(some, o -> !o.isLeaky() && !o.isFalseAlarm() && !o.isOpen()))));
    return text.append('\n').toString();
  }

  private static long count(List<Outcome> some, Predicate<Outcome> which) {
    return some.stream().filter(which).count();
  }
}
