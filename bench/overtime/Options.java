import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was typed. */
record Options(double minutes, int together, String only, int jdk, List<String> collectors, boolean verbose, Path tare,
    Optional<Path> keep, Optional<Path> judge, String settle, String half) {
  static final Map<String, List<String>> COLLECTORS = new TreeMap<>(Map.of("g1", List.of("-XX:+UseG1GC"), "serial",
      List.of("-XX:+UseSerialGC"), "parallel", List.of("-XX:+UseParallelGC"), "zgc", List.of("-XX:+UseZGC"), "shenandoah",
      List.of("-XX:+UseShenandoahGC")));

  static Options parse(List<String> words) {
    Map<String, String> values = new TreeMap<>();
    boolean verbose = false;
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("--verbose")) {
        verbose = true;
      } else {
        values.put(words.get(i), ++i < words.size() ? words.get(i) : "");
      }
    }
    List<String> names = List.of(take(values, "--gc", "g1").split(","));
    List<String> collectors = new ArrayList<>(names.contains("all") ? COLLECTORS.keySet() : names);
    Options options = new Options(Double.parseDouble(take(values, "--minutes", "10")),
        Integer.parseInt(take(values, "--together", "16")), take(values, "--only", ""),
        Integer.parseInt(take(values, "--jdk", "0")), collectors, verbose, Path.of(take(values, "--tare", "./tare")),
        Optional.ofNullable(values.remove("--keep")).map(Path::of), Optional.ofNullable(values.remove("--judge")).map(Path::of),
        take(values, "--settle", ""), take(values, "--half", ""));
    if (!values.isEmpty() || !COLLECTORS.keySet().containsAll(collectors)) {
      throw new IllegalArgumentException("not understood: " + String.join(" ", words));
    }
    return options;
  }

  private static String take(Map<String, String> values, String name, String usual) {
    String value = values.remove(name);
    return value == null ? usual : value;
  }
}
