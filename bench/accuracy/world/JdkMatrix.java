import io.tare.cases.faults.scene.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Weighs one program under every collector of every JDK in these roots, and puts each figure beside the JVM's own.
 *
 * <p>{@code java -cp cases/faults/target/classes bench/accuracy/world/JdkMatrix.java [--tare COMMAND] [--jdk 8] [ROOT…]}; without a
 * root this machine's JDKs, without a number all of them. A table in Markdown; exit code 1 if a bound was broken.
 */
public final class JdkMatrix {
  private static final Pattern USED = Pattern.compile("used (\\d+)([KM])|(\\d+)([KM]) used");
  private static final double MB = 1 << 20;
  private static final double MOST_UNEXPLAINED = 0.005;

  private final String tare;
  private final Path classes;
  private boolean broken;

  private JdkMatrix(String tare, Path classes) {
    this.tare = tare;
    this.classes = classes;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> roots = new ArrayList<>(List.of(arguments));
    String tare = System.getProperty("tare", "./tare");
    if (roots.size() >= 2 && roots.getFirst().equals("--tare")) {
      tare = roots.get(1);
      roots = roots.subList(2, roots.size());
    }
    int feature = 0;
    if (roots.size() >= 2 && roots.getFirst().equals("--jdk")) {
      feature = Integer.parseInt(roots.get(1));
      roots = roots.subList(2, roots.size());
    }
    Path classes = Files.createTempDirectory("tare-matrix-");
    try {
      JdkMatrix matrix = new JdkMatrix(tare, classes);
      matrix.compile();
      matrix.run(roots.isEmpty() ? List.of("/") : roots, feature);
      System.exit(matrix.broken ? 1 : 0);
    } finally {
      remove(classes);
    }
  }

  private void compile() throws IOException {
    int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "8", "-Xlint:-options", "-d",
        classes.toString(), "bench/accuracy/world/Everything.java");
    if (result != 0) {
      throw new IOException("the program does not compile; run this from the project's own folder");
    }
  }

  /** @param feature of the one JDK that is wanted; 0 for all */
  private void run(List<String> roots, int feature) throws IOException, InterruptedException {
    System.out.println("| JDK | collector | RSS | unexplained | heap in use: Tare, JVM | metaspace: resident, JVM used–committed"
        + " | direct buffers: Tare, JVM | problems |");
    System.out.println("|---|---|--:|--:|--:|--:|--:|--:|");
    for (String root : roots) {
      for (Jdk jdk : Jdk.in(Path.of(root)).stream().filter(one -> feature == 0 || one.feature() == feature).toList()) {
        for (Jdk.Collector collector : jdk.collectors()) {
          row(jdk, collector);
        }
      }
    }
  }

  private void row(Jdk jdk, Jdk.Collector collector) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(jdk.root().resolve("tmp"), "tare-matrix-");
    try {
      try (Stream<Path> files = Files.list(classes)) {
        for (Path file : files.toList()) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
      weigh(jdk, collector, "/" + jdk.root().relativize(folder));
    } finally {
      remove(folder);
    }
  }

  private void weigh(Jdk jdk, Jdk.Collector collector, String folder) throws IOException, InterruptedException {
    List<String> command = jdk.command("java", "-Xmx160m", "-XX:+UnlockExperimentalVMOptions");
    command.addAll(collector.options());
    command.addAll(List.of("-cp", folder, "Everything", folder + "/mapped"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      Map<String, Long> truth = truth(process);
      if (truth.isEmpty()) {
        System.out.println(line(jdk, collector, "not in this build", "", "", "", "", ""));
        return;
      }
      print(jdk, collector, ledger(process.pid()), truth, heapInfo(jdk, process.pid()));
    } catch (IllegalArgumentException noLedger) {
      broken = true;
      System.out.println(line(jdk, collector, "no ledger: " + noLedger.getMessage(), "", "", "", "", ""));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Map<String, Long> truth(Process process) throws IOException {
    Map<String, Long> truth = new HashMap<>();
    BufferedReader lines = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("ready ")) {
        for (String pair : line.substring("ready ".length()).split(" ")) {
          truth.put(pair.split("=")[0], Long.parseLong(pair.split("=")[1]));
        }
        return truth;
      }
    }
    return truth;
  }

  private Map<String, Object> ledger(long pid) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(tare.split(" ")));
    words.addAll(List.of(Long.toString(pid), "--format", "json"));
    return JsonReader.object(output(words));
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return text;
  }

  /** What the JVM says when it is asked, after the ledger was taken; JDK 8 does not know the question. */
  private static String heapInfo(Jdk jdk, long pid) throws IOException, InterruptedException {
    long kilobytes = 0;
    for (String line : output(jdk.command("jcmd", Long.toString(pid), "GC.heap_info")).lines().toList()) {
      Matcher used = USED.matcher(line);
      boolean isWhole = line.matches(
          "\\s*(def new|par new|concurrent|tenured|DefNew|Tenured|PSYoungGen|ParOldGen|garbage-first|ZHeap).*")
          || line.contains("max, ") && line.contains("soft max");
      if (isWhole && used.find()) {
        int group = used.group(1) != null ? 1 : 3;
        kilobytes += Long.parseLong(used.group(group)) << (used.group(group + 1).equals("M") ? 10 : 0);
      }
    }
    return kilobytes == 0 ? "" : String.format(Locale.ROOT, " (asked: %.1f)", kilobytes / 1024.0);
  }

  private void print(Jdk jdk, Jdk.Collector collector, Map<String, Object> ledger, Map<String, Long> truth,
      String asked) {
    double rss = number(map(ledger, "scales").get("rssBytes"));
    double unexplained = number(ledger.get("unexplainedBytes"));
    broken |= unexplained > rss * MOST_UNEXPLAINED;
    long problems = list(ledger, "problems").stream()
        .filter(problem -> "memory/hotspot".equals(problem.get("artifact"))).count();
    broken |= problems > 0;
    System.out.println(line(jdk, collector, mb(rss),
        String.format(Locale.ROOT, "%.2f MB, %.2f %%", unexplained / MB, 100 * unexplained / rss),
        detail(ledger, "heap in use") + ", " + mb(truth.get("heap")) + asked,
        mb(account(ledger, "metaspace.class") + account(ledger, "metaspace.nonclass")) + ", "
            + mb(truth.get("metaspaceUsed")) + "–" + mb(truth.get("metaspaceCommitted")),
        detail(ledger, "direct buffers") + ", " + mb(truth.get("direct")), Long.toString(problems)));
  }

  private static String line(Jdk jdk, Jdk.Collector collector, String... cells) {
    return "| " + jdk.version() + " | " + collector.name() + " | " + String.join(" | ", cells) + " |";
  }

  private static String mb(double bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / MB);
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static double account(Map<String, Object> ledger, String id) {
    return list(ledger, "accounts").stream().filter(account -> id.equals(account.get("id")))
        .mapToDouble(account -> number(account.get("residentBytes"))).sum();
  }

  private static String detail(Map<String, Object> ledger, String what) {
    return list(ledger, "details").stream().filter(detail -> what.equals(detail.get("what")))
        .map(detail -> String.valueOf(detail.get("value"))).findFirst().orElse("not known");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> list(Map<String, Object> json, String name) {
    return (List<Map<String, Object>>) json.getOrDefault(name, List.of());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> json, String name) {
    return (Map<String, Object>) json.getOrDefault(name, Map.of());
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
