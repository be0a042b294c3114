import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.Orders;
import io.tare.cases.faults.launch.Launch;
import io.tare.cases.faults.launch.Launcher;
import io.tare.cases.faults.launch.Wish;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.FaultTable;
import io.tare.ledger.Explanation;
import io.tare.model.report.Remedy;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Applies remedies and holds what came back against what was said. Runs are waits for the most part, so several go on at once. */
public final class Remedies {
  private static final double MB = 1 << 20;
  private static final double LEAST = 0.8;
  private static final double MOST = 1.25;
  private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Shenandoah", "Z");
  /** How long what takes time of its own is waited for. All others show within seconds. */
  private static final Map<String, Integer> SECONDS = Map.of("heap.periodic", 150, "heap.minimum", 140, "malloc.trim-interval",
      80, "go.limit", 25, "go.free", 25, "go.gogc", 25);
  private static final int USUAL_SECONDS = 8;

  private final Path work;
  private final long size;
  private final List<Applied> applied = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

  private Remedies(Path work, long size) {
    this.work = work;
    this.size = size;
  }

  /** A program: its command before and after the place where options go. */
  record Program(String name, List<String> front, List<String> rest, Map<String, String> environment) {}

  record Applied(String program, String remedy, String how, double said, double got) {
    double share() {
      return got / said;
    }

    boolean isWithin() {
      return share() >= LEAST && share() <= MOST;
    }
  }

  public static void main(String[] words) throws Exception {
    Map<String, String> options = new TreeMap<>();
    for (int i = 0; i + 1 < words.length; i += 2) {
      options.put(words[i], words[i + 1]);
    }
    long megabytes = Long.parseLong(options.getOrDefault("--size", "96m").replace("m", ""));
    Remedies bench = new Remedies(Path.of(options.get("--work")), megabytes << 20);
    String only = options.getOrDefault("--only", "");
    try (ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(options.getOrDefault("--at-once", "6")))) {
      for (Program program : bench.programs()) {
        if (program.name().contains(only)) {
          pool.submit(() -> bench.play(program));
        }
      }
    }
    bench.report();
    if (options.containsKey("--markdown")) {
      Files.writeString(Path.of(options.get("--markdown")), bench.markdown());
    }
  }

  private List<Program> programs() throws IOException, InterruptedException {
    List<Program> all = new ArrayList<>();
    for (Path jdk : jdks()) {
      Path java = jdk.resolve("bin/java");
      String release = release(jdk);
      for (String collector : COLLECTORS) {
        String name = "JDK " + release + " " + collector;
        all.add(new Program(name + " freed-blocks", List.of(java.toString(), "-XX:+Use" + collector + "GC", "-Xmx256m"),
            List.of("-cp", work.toString(), "Freed", "" + size), Map.of()));
        all.add(new Program(name + " churn", List.of(java.toString(), "-XX:+Use" + collector + "GC", "-Xmx1g"),
            List.of("-cp", work.toString(), "Churn", "" + size), Map.of()));
        for (String fault : List.of("always-pretouch", "idle-heap", "garbage-burst")) {
          fault(fault, name, java, collector).ifPresent(all::add);
        }
      }
    }
    if (Files.exists(work.resolve("freed"))) {
      for (int times = 1; times <= 3; times++) {
        all.add(new Program("C freed-blocks x" + times, List.of(),
            List.of(work.resolve("freed").toString(), "" + times * size), Map.of()));
        all.add(new Program("Python freed-blocks x" + times, List.of(),
            List.of("python3", work.resolve("peak.py").toString(), "" + times * size, "blocks"), Map.of()));
      }
    }
    for (int times = 1; times <= 3; times++) {
      all.add(new Program("Python peak x" + times, List.of(),
          List.of("python3", work.resolve("peak.py").toString(), "" + times * size, "objects"), Map.of()));
      if (Files.exists(work.resolve("peak"))) {
        for (String way : List.of("drop", "churn")) {
          all.add(new Program("Go " + way + " x" + times, List.of(),
              List.of(work.resolve("peak").toString(), "" + times * size, way), Map.of()));
        }
      }
    }
    all.addAll(servers());
    return all;
  }

  /**
   * Each line a name, a tab, and a line for a shell that ends in a server by exec, with a load beside it that prints {@code {"ready":true}};
   * options go where "$@" stands.
   */
  private static List<Program> servers() throws IOException {
    String file = System.getenv().getOrDefault("SERVERS", "");
    return file.isEmpty()
        ? List.of()
        : Files.readAllLines(Path.of(file)).stream().filter(line -> line.contains("\t")).map(line -> line.split("\t", 2))
            .map(words -> new Program(words[0], List.of("sh", "-c", words[1], "server"), List.of(), Map.of())).toList();
  }

  private Optional<Program> fault(String fault, String name, Path java, String collector)
      throws IOException, InterruptedException {
    try {
      Launch launch = Launcher.launch(FaultTable.byName(fault).orElseThrow(), new Wish(java, Optional.of(collector),
          new Wish.Stage(size, Duration.ofMinutes(20), work), Optional.empty()));
      int at = launch.command().indexOf("-cp");
      return Optional.of(new Program(name + " " + fault, launch.command().subList(0, at),
          launch.command().subList(at, launch.command().size()), launch.environment()));
    } catch (Skipped skipped) {
      return Optional.empty();
    }
  }

  private static List<Path> jdks() {
    String more = System.getenv().getOrDefault("JDKS", "");
    return Stream.concat(Stream.of(System.getProperty("java.home")), Arrays.stream(more.split(":"))).distinct()
        .map(Path::of).filter(jdk -> Files.isExecutable(jdk.resolve("bin/java"))).toList();
  }

  private static String release(Path jdk) throws IOException {
    return Files.readAllLines(jdk.resolve("release")).stream().filter(line -> line.startsWith("JAVA_VERSION=")).findFirst()
        .map(line -> line.replaceAll("\\D*(\\d+).*", "$1")).orElse("?");
  }

  /** Reads the program as it is, then applies each remedy to one that was just started. */
  private void play(Program program) {
    try {
      List<Remedy> remedies;
      Map<Integer, Long> asItIs = new TreeMap<>();
      try (Running plain = Running.start(program, List.of(), Map.of())) {
        Thread.sleep(3000);
        remedies = remedies(plain);
        int waited = 0;
        for (int seconds : remedies.stream().map(Remedies::seconds).sorted().distinct().toList()) {
          Thread.sleep(1000L * (seconds - waited));
          waited = seconds;
          asItIs.put(seconds, plain.residentBytes());
        }
      }
      for (Remedy remedy : remedies) {
        Applied one = remedy.orders().isEmpty()
            ? new Applied(program.name(), remedy.id(), remedy.how(), remedy.expectedBytes().getAsLong(),
                asItIs.get(seconds(remedy)) - restarted(program, remedy))
            : told(program, remedy);
        applied.add(one);
        System.out.println(line(one));
      }
    } catch (IOException | InterruptedException | CaptureException | AttachRefused | IllegalStateException failure) {
      failed.add(program.name() + ": " + failure);
      System.out.println(program.name() + ": " + failure);
    }
  }

  private static int seconds(Remedy remedy) {
    return SECONDS.getOrDefault(remedy.id(), USUAL_SECONDS);
  }

  private static List<Remedy> remedies(Running running) throws CaptureException {
    return Explanation.explain(new Capturer().capture(running.pid(), CaptureOptions.PASSIVE, _ -> {})).remedies().stream()
        .filter(remedy -> remedy.expectedBytes().isPresent() && !remedy.id().startsWith("mapped")).toList();
  }

  /** A heap's size is not the same in two runs: what is said is read from the process that is told. */
  private static Applied told(Program program, Remedy wanted)
      throws IOException, InterruptedException, AttachRefused, CaptureException {
    try (Running running = Running.start(program, List.of(), Map.of())) {
      Thread.sleep(3000);
      Remedy remedy = remedies(running).stream().filter(one -> one.id().equals(wanted.id())).findFirst()
          .orElseThrow(() -> new IOException("a second run says nothing of " + wanted.id()));
      long before = running.residentBytes();
      for (String order : remedy.orders()) {
        Orders.give(running.pid(), order);
      }
      Thread.sleep(1000L * seconds(remedy));
      return new Applied(program.name(), remedy.id(), remedy.how(), remedy.expectedBytes().getAsLong(),
          before - running.residentBytes());
    }
  }

  private double restarted(Program program, Remedy remedy) throws IOException, InterruptedException {
    List<String> flags = remedy.how().startsWith("-") ? List.of(remedy.how().split(" ")) : List.of();
    Map<String, String> environment = new TreeMap<>(Map.of("REMEDY", remedy.id()));
    if (remedy.how().matches("[A-Z_]+=\\S+")) {
      environment.put(remedy.how().split("=")[0], remedy.how().split("=")[1]);
    }
    if (remedy.id().equals("malloc.trim-call")) {
      environment.put("LD_PRELOAD", work.resolve("trimmer.so").toString());
    }
    try (Running running = Running.start(program, flags, environment)) {
      Thread.sleep(3000 + 1000L * seconds(remedy));
      return running.residentBytes();
    }
  }

  private static String line(Applied one) {
    return String.format(Locale.ROOT, "%-38s %-22s said %7.1f MB  got %7.1f MB  %5.2f%s", one.program(), one.remedy(),
        one.said() / MB, one.got() / MB, one.share(), one.isWithin() ? "" : "  <--");
  }

  private Map<String, List<Applied>> byRemedy() {
    Map<String, List<Applied>> all = new TreeMap<>();
    applied.forEach(one -> all.computeIfAbsent(one.remedy(), _ -> new ArrayList<>()).add(one));
    return all;
  }

  private void report() {
    long within = applied.stream().filter(Applied::isWithin).count();
    long below = applied.stream().filter(one -> one.got() < 0).count();
    System.out.printf(Locale.ROOT, "%n%d applied, %d (%.0f %%) returned 0.8 to 1.25 of what was said, %d less than nothing, %d did "
        + "not start or could not be read%n%n", applied.size(), within, 100.0 * within / Math.max(1, applied.size()), below,
        failed.size());
    System.out.print(table());
  }

  /** As the confidence table wants it: id, cases, within, least, most. */
  private String table() {
    StringBuilder lines = new StringBuilder();
    byRemedy().forEach((id, ones) -> lines.append(String.format(Locale.ROOT, "%s %d %d %.2f %.2f%n", id, ones.size(),
        ones.stream().filter(Applied::isWithin).count(), ones.stream().mapToDouble(Applied::share).min().orElse(0),
        ones.stream().mapToDouble(Applied::share).max().orElse(0))));
    return lines.toString();
  }

  private String markdown() {
    StringBuilder page = new StringBuilder("| program | remedy | as printed | said | got | got / said |\n|---|---|---|--:|--:|--:|\n");
    applied.stream().sorted((a, b) -> (a.remedy() + a.program()).compareTo(b.remedy() + b.program()))
        .forEach(one -> page.append(String.format(Locale.ROOT, "| %s | %s | `%s` | %.1f MB | %.1f MB | %.2f |%n", one.program(),
            one.remedy(), one.how().replaceAll("jcmd \\d+", "jcmd PID"), one.said() / MB, one.got() / MB, one.share())));
    return page.toString();
  }

  /** A program that has said that it is ready; it ends with its input. */
  private record Running(Process process) implements AutoCloseable {
    static Running start(Program program, List<String> flags, Map<String, String> environment) throws IOException {
      List<String> command = Stream.of(program.front(), flags, program.rest()).flatMap(List::stream).toList();
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.DISCARD);
      builder.environment().putAll(program.environment());
      builder.environment().putAll(environment);
      Process process = builder.start();
      BufferedReader output = process.inputReader();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("{")) {
          return new Running(process);
        }
      }
      throw new IOException("it does not start: " + String.join(" ", command));
    }

    long pid() {
      return process.pid();
    }

    long residentBytes() throws IOException {
      // Not RSS: ZGC maps its heap three times on some JDKs, and the container is charged once.
      return Files.readAllLines(Path.of("/proc/" + pid() + "/smaps_rollup")).stream().filter(line -> line.startsWith("Pss:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
    }

    @Override
    public void close() throws IOException {
      process.outputWriter().close();
      if (process.info().command().filter(file -> file.endsWith("sh")).isEmpty()) {
        process.destroy();
      }
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException stopped) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
