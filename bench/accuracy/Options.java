import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was typed. A filter that is empty lets everything through. */
record Options(String tare, boolean ask, Filters filters, long sizeBytes, Path out) {
  static final String USAGE = """
      usage: java -cp cases/faults/target/classes bench/accuracy/Accuracy.java [--tare COMMAND] [--ask]
               [--jdk 17,25] [--collector G1,Z] [--fault NAME,NAME] [--size-mb 64] [--out FILE]""";
  private static final Set<String> WITH_VALUE = Set.of("--tare", "--jdk", "--collector", "--fault", "--size-mb",
      "--out");

  /** Which cases are wanted. */
  record Filters(Set<String> jdks, Set<String> collectors, Set<String> faults) {
  }

  static Options parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    boolean ask = false;
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--ask")) {
        ask = true;
      } else if (WITH_VALUE.contains(option) && i + 1 < arguments.size()) {
        values.put(option, arguments.get(++i));
      } else {
        throw new IllegalArgumentException("unknown option, or one without its value: " + option);
      }
    }
    Filters filters = new Filters(set(values, "--jdk"), set(values, "--collector"), set(values, "--fault"));
    return new Options(values.getOrDefault("--tare", "./tare"), ask, filters,
        Long.parseLong(values.getOrDefault("--size-mb", "64")) << 20,
        Path.of(values.getOrDefault("--out", "target/accuracy.jsonl")));
  }

  private static Set<String> set(Map<String, String> values, String option) {
    String value = values.getOrDefault(option, "");
    return value.isEmpty() ? Set.of() : Set.of(value.split(","));
  }

  static boolean lets(Set<String> filter, String value) {
    return filter.isEmpty() || filter.contains(value);
  }
}
