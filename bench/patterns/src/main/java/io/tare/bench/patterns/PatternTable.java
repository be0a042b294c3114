package io.tare.bench.patterns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns JMH's result files into the tables of {@code docs/patterns.md}: {@code java … PatternTable RESULTS_DIR TEXT_FILE > docs/patterns.md}.
 * In the text file a line {@code @table Class method method…} becomes that table, and a line
 * {@code @verdict technique | Class.naive | Class.good | words} the row of it in the table of verdicts, where
 * {@code Class.method(bytes 1024)} picks parameters; everything else stays as it is.
 */
public final class PatternTable {
  private static final String TABLE = "@table ";
  private static final String VERDICT = "@verdict ";

  private PatternTable() {}

  public static void main(String[] args) throws IOException {
    Map<Integer, List<Measured>> byJdk = new TreeMap<>();
    for (int jdk : new int[] {17, 25}) {
      byJdk.put(jdk, ResultFile.read(Path.of(args[0], "jdk" + jdk + ".json")));
    }
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      System.out.println(line.startsWith(TABLE)
          ? table(line.substring(TABLE.length()).trim(), byJdk)
          : line.startsWith(VERDICT) ? verdict(line.substring(VERDICT.length()), byJdk) : line);
    }
  }

  private static String verdict(String command, Map<Integer, List<Measured>> byJdk) {
    String[] words = command.split("\\|");
    List<String> cells = new ArrayList<>();
    for (List<Measured> measured : byJdk.values()) {
      Measured naive = pick(measured, words[1].trim());
      Measured good = pick(measured, words[2].trim());
      cells.add(String.format(Locale.ROOT, "%.2f", good.cpuNanos() / naive.cpuNanos()));
      cells.add(cell(Optional.of(naive.allocatedBytes())) + " → " + cell(Optional.of(good.allocatedBytes())));
    }
    return "| " + words[0].trim() + " | " + String.join(" | ", cells) + " | " + words[3].trim() + " |";
  }

  private static Measured pick(List<Measured> measured, String name) {
    return measured.stream().filter(m -> name.equals(m.type() + "." + m.method())
        || name.equals(m.type() + "." + m.method() + "(" + m.parameters() + ")")).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not in the results: " + name));
  }

  private static String table(String command, Map<Integer, List<Measured>> byJdk) {
    String[] words = command.split(" +");
    List<String> rows = new ArrayList<>();
    rows.add("| form | CPU ns/op on 17 | on 25 | B/op on 17 | on 25 |");
    rows.add("|---|---:|---:|---:|---:|");
    for (int i = 1; i < words.length; i++) {
      for (String parameters : parameters(byJdk.get(25), words[0], words[i])) {
        rows.add(row(words[0], words[i], parameters, byJdk));
      }
    }
    return String.join("\n", rows);
  }

  private static List<String> parameters(List<Measured> measured, String type, String method) {
    List<String> found = measured.stream().filter(m -> m.type().equals(type) && m.method().equals(method))
        .map(Measured::parameters).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("not in the results: " + type + "." + method);
    }
    return found;
  }

  private static String row(String type, String method, String parameters, Map<Integer, List<Measured>> byJdk) {
    List<Optional<Measured>> both = byJdk.values().stream().map(list -> list.stream()
        .filter(m -> m.type().equals(type) && m.method().equals(method) && m.parameters().equals(parameters)).findAny())
        .toList();
    return "| " + method + (parameters.isEmpty() ? "" : " (" + parameters + ")") + " | "
        + cell(both.get(0).map(Measured::cpuNanos)) + " | " + cell(both.get(1).map(Measured::cpuNanos)) + " | "
        + cell(both.get(0).map(Measured::allocatedBytes)) + " | " + cell(both.get(1).map(Measured::allocatedBytes))
        + " |";
  }

  private static String cell(Optional<Double> value) {
    return value.map(v -> String.format(Locale.ROOT, v < 10 && v >= 0.05 ? "%.1f" : "%,.0f", v)).orElse("not measured");
  }
}
