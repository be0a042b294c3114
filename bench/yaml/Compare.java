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

/** Loaders in turn, CPU time of the best pass; then the first parse in a JVM of its own. */
final class Compare {
  interface Loader {
    void load(Path file) throws Exception;
  }

  private static final double SLICE_SECONDS = 0.25;
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

  public static void main(String[] args) throws Exception {
    if (args[0].equals("cold")) {
      long thread = THREADS.getCurrentThreadCpuTime();
      loaders().get(args[1]).load(Path.of(args[2]));
      System.out.println((THREADS.getCurrentThreadCpuTime() - thread) / 1_000_000);
      return;
    }
    List<String> peers = new ArrayList<>(List.of(System.getenv().getOrDefault("PEERS", "").split(" ")));
    peers.removeIf(String::isBlank);
    if (args[0].equals("warm")) {
      warm(args[1], Path.of(args[2]), Double.parseDouble(args[3]), peers);
      return;
    }
    double seconds = Double.parseDouble(args[0]);
    Path folder = Path.of(args[1]);
    if (peers.isEmpty()) {
      System.out.println("loaders in C and C++ are left out: PEERS names none");
    }
    System.out.printf("%nwarm, MB/s of CPU time of one thread, best pass (× the time of this loader); a JVM for each file%n%-10s", "");
    List<String> names = new ArrayList<>(loaders().keySet());
    peers.forEach(peer -> names.add(peer.substring(0, peer.indexOf('='))));
    names.forEach(name -> System.out.printf("%20s", name));
    System.out.println();
    for (String kind : List.of("a", "b", "c", "e", "f")) {
      Process process = java("warm", kind, folder.resolve(kind + ".yaml").toString(), args[0]).inheritIO().start();
      if (!process.waitFor((long) (seconds * 30 + 60), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        System.out.printf("%-10s no answer in time%n", kind);
      }
    }
    cold(folder);
  }

  static ProcessBuilder java(String... args) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-Xmx3g", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
        "-Dcompare.source=" + System.getProperty("compare.source"), System.getProperty("compare.source")));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  static void warm(String kind, Path file, double seconds, List<String> peers) throws Exception {
    long bytes = Files.size(file);
    Map<String, Double> best = new LinkedHashMap<>();
    // In turn, a quarter of a second of CPU time each; fast ones get more passes, so that all are compiled.
    for (double spent = 0; spent < seconds; spent += SLICE_SECONDS) {
      for (Map.Entry<String, Loader> loader : loaders().entrySet()) {
        long until = THREADS.getCurrentThreadCpuTime() + (long) (SLICE_SECONDS * 1e9);
        do {
          long start = THREADS.getCurrentThreadCpuTime();
          loader.getValue().load(file);
          best.merge(loader.getKey(), (THREADS.getCurrentThreadCpuTime() - start) * 1e-9, Math::min);
        } while (THREADS.getCurrentThreadCpuTime() < until);
      }
    }
    for (String peer : peers) {
      best.put(peer.substring(0, peer.indexOf('=')), outside(peer.substring(peer.indexOf('=') + 1), file, seconds));
    }
    System.out.printf("%-10s", kind);
    double own = best.get("this");
    for (double time : best.values()) {
      System.out.printf(Locale.ROOT, "%20s", time == 0 ? "–" : String.format(Locale.ROOT, "%.0f (%.1f ×)", bytes / time / 1e6, time / own));
    }
    System.out.println();
  }

  static double outside(String program, Path file, double seconds) throws Exception {
    Process process = new ProcessBuilder(program, file.toString(), String.valueOf(seconds)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return 0;
    }
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return answer.isEmpty() ? 0 : Double.parseDouble(answer);
  }

  static void cold(Path folder) throws Exception {
    System.out.printf("%nfirst parse of b in a JVM of its own, ms of CPU time of its thread (median of 3)%n");
    for (String name : loaders().keySet()) {
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Process process = java("cold", name, folder.resolve("b.yaml").toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor(60, TimeUnit.SECONDS);
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (!answer.isEmpty()) {
          times.add(Long.parseLong(answer));
        }
      }
      times.sort(null);
      System.out.printf("%-12s %8s%n", name, times.isEmpty() ? "–" : times.get(times.size() / 2));
    }
  }
}
