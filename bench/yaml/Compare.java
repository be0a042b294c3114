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
    double seconds = Double.parseDouble(args[0]);
    Path folder = Path.of(args[1]);
    List<String> peers = new ArrayList<>(List.of(System.getenv().getOrDefault("PEERS", "").split(" ")));
    peers.removeIf(String::isBlank);
    if (peers.isEmpty()) {
      System.out.println("loaders in C and C++ are left out: PEERS names none");
    }
    System.out.printf("%nwarm, MB/s of CPU time of this thread, best pass (× slower than this loader)%n%-10s", "");
    List<String> names = new ArrayList<>(loaders().keySet());
    peers.forEach(peer -> names.add(peer.substring(0, peer.indexOf('='))));
    names.forEach(name -> System.out.printf("%20s", name));
    System.out.println();
    for (String kind : List.of("a", "b", "c", "e", "f")) {
      warm(kind, folder.resolve(kind + ".yaml"), seconds, peers);
    }
    cold(folder);
  }

  static void warm(String kind, Path file, double seconds, List<String> peers) throws Exception {
    long bytes = Files.size(file);
    Map<String, Double> best = new LinkedHashMap<>();
    long end = System.nanoTime() + (long) (seconds * loaders().size() * 1e9);
    for (int pass = 0; pass < 2 || System.nanoTime() < end; pass++) {
      for (Map.Entry<String, Loader> loader : loaders().entrySet()) {
        // Fast ones get as many passes as fit into the time of a slow one, so that all are compiled alike.
        long until = System.nanoTime() + 200_000_000;
        do {
          long start = THREADS.getCurrentThreadCpuTime();
          try {
            loader.getValue().load(file);
          } catch (LinkageError e) {
            break;
          }
          best.merge(loader.getKey(), (THREADS.getCurrentThreadCpuTime() - start) * 1e-9, Math::min);
        } while (System.nanoTime() < until);
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
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
            Path.of(System.getProperty("compare.source")).toString(), "cold", name,
            folder.resolve("b.yaml").toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
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
