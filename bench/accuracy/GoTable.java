import io.tare.cases.faults.scene.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tare's figures of Go programs beside their own {@code runtime.MemStats}, a row for each version of Go and way of building.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/GoTable.java [--tare COMMAND] [--go GO,GO] [--pid PID,PID] [PROGRAM…]}:
 * builds {@code cases/faults/src/main/native/go} with each {@code go}, starts it, weighs it; PROGRAM is one that was built elsewhere from the
 * same source. With {@code --pid} also what of running strangers is unexplained.
 */
public final class GoTable {
  private static final Path SOURCES = Path.of("cases/faults/src/main/native/go");
  private static final List<String> COUNTERS = List.of("HeapInuse", "HeapReleased", "StackInuse", "MSpanSys", "MCacheSys",
      "BuckHashSys", "GCSys", "OtherSys");
  private static final String SIZE = String.valueOf(64 << 20);
  private static final String HOLD_SECONDS = "120";
  private static final long BUILD_MINUTES = 5;

  private final Tare tare;
  private final Path folder;

  private GoTable(Tare tare, Path folder) {
    this.tare = tare;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<String, String> options = new LinkedHashMap<>(Map.of("--tare", "./tare", "--go", "", "--pid", ""));
    Map<String, Path> programs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i++) {
      if (options.containsKey(arguments[i]) && i + 1 < arguments.length) {
        options.put(arguments[i], arguments[++i]);
      } else {
        programs.put(arguments[i], Path.of(arguments[i]));
      }
    }
    Path folder = Files.createTempDirectory("tare-go-");
    try {
      GoTable table = new GoTable(new Tare(options.get("--tare"), false), folder);
      for (String go : words(options.get("--go"))) {
        programs.putAll(table.build(go));
      }
      table.print(programs);
      table.printStrangers(words(options.get("--pid")));
    } finally {
      remove(folder);
    }
  }

  private static List<String> words(String list) {
    return list.isEmpty() ? List.of() : List.of(list.split(","));
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        file.toFile().setWritable(true);
        Files.delete(file);
      }
    }
  }

  // building

  private Map<String, Path> build(String go) throws IOException, InterruptedException {
    Map<String, Path> programs = new LinkedHashMap<>();
    String main = SOURCES.resolve("main.go").toString();
    String withC = SOURCES.resolve("withc.go").toString();
    programs.put("static", build(go, "0", List.of(main)));
    programs.put("with C", build(go, "1", List.of(main, withC)));
    programs.put("with C, PIE, stripped", build(go, "1", List.of("-buildmode=pie", "-ldflags=-s -w", main, withC)));
    programs.values().removeIf(program -> !Files.exists(program));
    return programs.entrySet().stream().collect(Collectors.toMap(e -> e.getKey() + " (" + go + ")", Map.Entry::getValue,
        (a, b) -> a, LinkedHashMap::new));
  }

  private Path build(String go, String withC, List<String> rest) throws IOException, InterruptedException {
    Path program = Files.createTempDirectory(folder, "build").resolve("program");
    List<String> command = new ArrayList<>(List.of(go, "build", "-o", program.toString()));
    command.addAll(rest);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(Map.of("CGO_ENABLED", withC, "GO111MODULE", "off", "GOCACHE",
        folder.resolve("cache").toString()));
    if (!builder.start().waitFor(BUILD_MINUTES, TimeUnit.MINUTES)) {
      throw new IOException(String.join(" ", command) + " took too long");
    }
    return program;
  }

  // the table

  private void print(Map<String, Path> programs) throws IOException, InterruptedException {
    System.out.println("| Go | built | RSS, MB | unexplained | inferred | go.heap / HeapInuse, MB | go.idle / HeapIdle - HeapReleased"
        + " | go.stacks / StackInuse | go.runtime | " + String.join(" | ", COUNTERS) + " |");
    System.out.println("|---|---|" + "--:|".repeat(7 + COUNTERS.size()));
    for (Map.Entry<String, Path> program : programs.entrySet()) {
      Process process = new ProcessBuilder(program.getValue().toString(), SIZE, HOLD_SECONDS).start();
      try (BufferedReader output = process.inputReader()) {
        Map<String, Object> truth = JsonReader.object(output.readLine());
        System.out.println(row(program.getKey(), truth, tare.weigh(process.pid())));
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static String row(String built, Map<String, Object> truth, LedgerReading reading) {
    Map<String, Number> own = (Map<String, Number>) truth.get("memstats");
    List<String> cells = new ArrayList<>(List.of(reading.version(), built, mb(reading.rssBytes()), unexplained(reading),
        kb(reading.inferredBytes()), both(reading, "go.heap", own.get("HeapInuse").longValue()),
        both(reading, "go.idle", own.get("HeapIdle").longValue() - own.get("HeapReleased").longValue()),
        both(reading, "go.stacks", own.get("StackInuse").longValue()), mb(reading.bytes("go.runtime").orElse(0))));
    COUNTERS.forEach(name -> cells.add(reading.detail("Go: " + name) + " / " + inWords(own.get(name).longValue())));
    return "| " + String.join(" | ", cells) + " |";
  }

  private static String both(LedgerReading reading, String account, long truth) {
    return mb(reading.bytes(account).orElse(0)) + " / " + mb(truth);
  }

  private void printStrangers(List<String> pids) throws IOException, InterruptedException {
    if (!pids.isEmpty()) {
      System.out.println();
      System.out.println("| program | Go | RSS, MB | unexplained | inferred | go.heap | go.idle | go.stacks | go.runtime |");
      System.out.println("|---|---|" + "--:|".repeat(7));
    }
    for (String pid : pids) {
      LedgerReading reading = tare.weigh(Long.parseLong(pid));
      System.out.println("| " + String.join(" | ", reading.name(), reading.version(), mb(reading.rssBytes()),
          unexplained(reading), kb(reading.inferredBytes()), mb(reading.bytes("go.heap").orElse(0)),
          mb(reading.bytes("go.idle").orElse(0)), mb(reading.bytes("go.stacks").orElse(0)),
          mb(reading.bytes("go.runtime").orElse(0))) + " |");
    }
  }

  private static String unexplained(LedgerReading reading) {
    return String.format(Locale.ROOT, "%s, %.2f %%", kb(reading.unexplainedBytes()),
        100.0 * reading.unexplainedBytes() / reading.rssBytes());
  }

  private static String mb(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / 1048576.0);
  }

  private static String kb(long bytes) {
    return bytes / 1024 + " KB";
  }

  /** As reports print it, with three digits. */
  private static String inWords(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < 2) {
      value /= 1024;
      unit++;
    }
    String format = unit == 0 || value >= 99.95 ? "%.0f %s" : value >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, List.of("bytes", "KB", "MB").get(unit));
  }
}
