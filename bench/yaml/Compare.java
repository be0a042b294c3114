import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.management.ThreadMXBean;
import io.tare.yaml.Yaml;
import io.tare.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.yaml.snakeyaml.LoaderOptions;

/** Loaders in turn, the same rounds for all of them, CPU time of the best pass of a round; then the first pass in a process of its own. */
final class Compare {
  interface Loader {
    void load(Path file) throws IOException;
  }

  private static final int ROUNDS = 5;
  private static final int COLD_ROUNDS = 3;
  /** Before the first round each Java loader runs for so long, and three passes at least, so that it is compiled. */
  private static final double WARM_SECONDS = 1;
  /** Another Java loader that needs more for a file than this takes part in the first round only. */
  private static final double SLOW_SECONDS = 1;
  private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  static Map<String, Loader> loaders() {
    Map<String, Loader> loaders = new LinkedHashMap<>();
    loaders.put("this", file -> {
      try (YamlDocument d = Yaml.load(file)) {
        d.size(d.rootWord(0));
      }
    });
    loaders.put("snakeyaml", Compare::snakeYaml);
    loaders.put("engine", Compare::engine);
    loaders.put("jackson", Compare::jackson);
    List<String> wanted = List.of(System.getenv().getOrDefault("LOADERS", "").split(" "));
    loaders.keySet().removeIf(name -> !name.equals("this") && !wanted.contains("") && !wanted.contains(name));
    return loaders;
  }

  static void snakeYaml(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    try (InputStream in = Files.newInputStream(file)) {
      new org.yaml.snakeyaml.Yaml(options).loadAll(in).forEach(document -> {
      });
    }
  }

  static void engine(Path file) throws IOException {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
    try (InputStream in = Files.newInputStream(file)) {
      new Load(settings).loadAllFromInputStream(in).forEach(document -> {
      });
    }
  }

  static void jackson(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    YAMLMapper mapper = new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
    try (MappingIterator<JsonNode> documents = mapper.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNext()) {
        documents.next();
      }
    }
  }

  /** Another program, which {@code native/passes.h} describes: {@code NAME=PROGRAM:MODE}. */
  record Peer(String name, String program, String mode) {
    static List<Peer> all() {
      List<Peer> peers = new ArrayList<>();
      for (String peer : System.getenv().getOrDefault("PEERS", "").strip().split("\\s+")) {
        int name = peer.indexOf('=');
        int mode = peer.lastIndexOf(':');
        if (name > 0 && mode > name) {
          peers.add(new Peer(peer.substring(0, name), peer.substring(name + 1, mode), peer.substring(mode + 1)));
        }
      }
      return peers;
    }

    Process start(Path file, String... more) throws IOException {
      List<String> command = new ArrayList<>(List.of(program, mode, file.toString()));
      command.addAll(List.of(more));
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "once" -> {
        long start = THREADS.getCurrentThreadCpuTime();
        loaders().get(args[1]).load(Path.of(args[2]));
        System.out.println((THREADS.getCurrentThreadCpuTime() - start) * 1e-9);
      }
      case "warm" -> warm(args[1], Path.of(args[2]), Double.parseDouble(args[3]));
      case "cold" -> cold(Path.of(args[1]), List.of(args).subList(2, args.length));
      default -> compare(Double.parseDouble(args[0]), Path.of(args[1]));
    }
  }

  static void compare(double seconds, Path folder) throws Exception {
    List<Peer> peers = Peer.all();
    if (peers.isEmpty()) {
      System.out.println("loaders in C and C++ are left out: PEERS names none (bench/yaml/peers builds some)");
    }
    System.out.printf("%nwarm, MB/s of CPU time, best pass of a round, median of %d rounds in which all take turns (× the time of this loader)%n%-3s",
        ROUNDS, "");
    loaders().keySet().forEach(name -> System.out.printf("%17s", name));
    peers.forEach(peer -> System.out.printf("%17s", peer.name));
    System.out.println();
    for (String kind : List.of("a", "b", "c", "e", "f")) {
      Process process = java("3g", "warm", kind, folder.resolve(kind + ".yaml").toString(), String.valueOf(seconds)).inheritIO().start();
      if (!process.waitFor((long) (seconds * 60 + 120), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        System.out.printf("%-3s no answer in time%n", kind);
      }
    }
  }

  static ProcessBuilder java(String heap, String... args) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-Xmx" + heap, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "Compare"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  static void warm(String kind, Path file, double seconds) throws Exception {
    List<String> slow = new ArrayList<>();
    for (Map.Entry<String, Loader> loader : loaders().entrySet()) {
      if (isSlow(loader.getKey(), best(loader.getValue(), file, WARM_SECONDS, 3))) {
        slow.add(loader.getKey());
      }
    }
    List<Peer> peers = Peer.all();
    List<Process> processes = new ArrayList<>();
    for (Peer peer : peers) {
      processes.add(peer.start(file));
    }
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Loader> loader : loaders().entrySet()) {
        if (round > 0 && slow.contains(loader.getKey())) {
          continue;
        }
        times.computeIfAbsent(loader.getKey(), name -> new ArrayList<>()).add(best(loader.getValue(), file, seconds / ROUNDS, 1));
      }
      for (int i = 0; i < peers.size(); i++) {
        times.computeIfAbsent(peers.get(i).name, name -> new ArrayList<>()).add(asked(processes.get(i), seconds / ROUNDS));
      }
    }
    for (Process process : processes) {
      process.outputWriter().close();
    }
    List<Double> own = times.get("this");
    System.out.printf("%-3s", kind);
    for (List<Double> other : times.values()) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < other.size(); round++) {
        ratios.add(other.get(round) / own.get(round));
      }
      System.out.printf(Locale.ROOT, "%17s", median(other) == 0
          ? "–"
          : String.format(Locale.ROOT, "%.0f (%.2f ×)", Files.size(file) / median(other) / 1e6, median(ratios)));
    }
    System.out.println();
  }

  static boolean isSlow(String name, double seconds) {
    return !name.equals("this") && seconds > SLOW_SECONDS;
  }

  static double best(Loader loader, Path file, double seconds, int passes) throws IOException {
    double best = Double.MAX_VALUE;
    long until = THREADS.getCurrentThreadCpuTime() + (long) (seconds * 1e9);
    for (int pass = 0; pass < passes || THREADS.getCurrentThreadCpuTime() < until; pass++) {
      long start = THREADS.getCurrentThreadCpuTime();
      loader.load(file);
      best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) * 1e-9);
    }
    return best;
  }

  /** The answer of a program for one round; 0 if it gives none. */
  static double asked(Process process, double seconds) throws IOException {
    if (!process.isAlive()) {
      return 0;
    }
    process.outputWriter().write(seconds + "\n");
    process.outputWriter().flush();
    String answer = process.inputReader().readLine();
    return answer == null ? 0 : Double.parseDouble(answer);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  /** One pass in a process of its own. Programs in C count all they do, Java the thread that loads: the JVM's own start and its compilers are not the loader. */
  static void cold(Path file, List<String> names) throws Exception {
    System.out.printf("%nfirst pass over %s (%d MB) in a process of its own, ms of CPU time, median of %d rounds%n", file.getFileName(),
        Files.size(file) / 1_000_000, COLD_ROUNDS);
    Map<String, List<Double>> times = new LinkedHashMap<>();
    for (int round = 0; round < COLD_ROUNDS; round++) {
      for (String name : names) {
        if (round > 0 && isSlow(name, times.get(name).getFirst())) {
          continue;
        }
        times.computeIfAbsent(name, n -> new ArrayList<>()).add(once(java("3g", "once", name, file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start()));
      }
      for (Peer peer : Peer.all()) {
        times.computeIfAbsent(peer.name, n -> new ArrayList<>()).add(once(peer.start(file, "once")));
      }
    }
    double own = median(times.get("this"));
    times.forEach((name, all) -> System.out.printf(Locale.ROOT, "%-12s %8s%n", name,
        median(all) == 0 ? "–" : String.format(Locale.ROOT, "%,8.0f  (%.2f ×)", median(all) * 1e3, median(all) / own)));
  }

  static double once(Process process) throws Exception {
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return process.waitFor() == 0 && !answer.isEmpty() ? Double.parseDouble(answer) : 0;
  }
}
