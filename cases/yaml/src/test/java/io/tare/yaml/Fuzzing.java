package io.tare.yaml;

import io.tare.yaml.basis.Style;
import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions;
import io.tare.yaml.basis.YamlOptions.ArenaGrowth;
import io.tare.yaml.basis.YamlOptions.Decoding;
import io.tare.yaml.basis.YamlOptions.Dedup;
import io.tare.yaml.basis.YamlOptions.Duplicates;
import io.tare.yaml.basis.YamlOptions.Limits;
import io.tare.yaml.basis.YamlOptions.Schema;
import io.tare.yaml.event.YamlEvent;
import io.tare.yaml.event.YamlEvent.Scalar;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Damaged texts one after the other. Each is read or refused by the loader, as by the events; what is read can be written out, emitted and read again; what is
 * closed refuses. Anything else is told with its number, a text that needs too long ends the JVM, and what is left behind is counted.
 */
public final class Fuzzing {
  private static final Limits LIMITS = new Limits(64, 100, 10_000, 1 << 20);
  private static final YamlOptions BASE = YamlOptions.DEFAULT.with(Duplicates.LAST_WINS).with(LIMITS);
  private static final List<YamlOptions> STRATEGIES = List.of(BASE, BASE.with(Dedup.ON), BASE.with(Decoding.EAGER),
      BASE.with(ArenaGrowth.HEAP).with(Dedup.AUTO), BASE.with(ArenaGrowth.EXACT), BASE.with(Schema.FAILSAFE));
  private static final long LONGEST_SECONDS = 3;
  private static final int MOST_SHOWN = 2000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private final Damage damage;
  private final long owner = Thread.currentThread().threadId();
  private long read;
  private volatile long number;
  private volatile long since;

  Fuzzing(long seed) throws IOException {
    this.damage = new Damage(seed);
  }

  /** How many inputs were read; the others were refused. */
  long read() {
    return read;
  }

  /** What is wrong with input {@code at}; null when nothing is. */
  @Nullable
  String problem(long at) throws IOException {
    since = cpuNanos();
    number = at;
    Random random = damage.random(at + (1L << 40));
    YamlOptions options = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
    if (random.nextInt(8) == 0) {
      byte[] bytes = damage.bytes(at);
      loads(bytes, options);
      return null;
    }
    String text = damage.text(at);
    boolean loads = loads(text.getBytes(StandardCharsets.UTF_8), options);
    read += loads ? 1 : 0;
    List<YamlEvent> events = events(text, options);
    if (loads != (events != null)) {
      return loads ? "loads, but has no events" : "has events, but does not load";
    }
    return events != null && random.nextInt(4) == 0 ? emitted(events) : null;
  }

  private static boolean loads(byte[] text, YamlOptions options) throws IOException {
    YamlDocument closed;
    try (YamlDocument d = Yaml.load(text, options)) {
      for (int i = 0; i < d.documents(); i++) {
        writeOut(d, i);
      }
      closed = d;
    } catch (YamlException e) {
      return false;
    }
    try {
      closed.size(0);
      throw new IllegalArgumentException("a closed document answers");
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void writeOut(YamlDocument d, int document) throws IOException {
    try {
      d.toJson(d.rootWord(document), OutputStream.nullOutputStream());
      d.toJava(d.rootWord(document));
    } catch (YamlException e) {
      if (e.line() > 0) {
        throw new IllegalArgumentException("refused where it is written out: " + e.getMessage(), e);
      }
    }
  }

  private static @Nullable List<YamlEvent> events(String text, YamlOptions options) {
    List<YamlEvent> events = new ArrayList<>();
    try {
      Yaml.events(text, options, events::add);
      return events;
    } catch (YamlException e) {
      return null;
    }
  }

  private static @Nullable String emitted(List<YamlEvent> events) throws IOException {
    String text = EmitterTest.emitted(events);
    List<YamlEvent> again = events(text, BASE);
    if (again == null) {
      return "what is emitted is refused: " + text;
    }
    return unstyled(again).equals(unstyled(events)) ? null : "what is emitted has other events: " + text;
  }

  private static List<YamlEvent> unstyled(List<YamlEvent> events) {
    return events.stream().map(e -> e instanceof Scalar s ? new Scalar(Style.PLAIN, s.value(), s.anchor(), s.tag()) : e)
        .toList();
  }

  public static void main(String[] args) throws IOException {
    long inputs = Long.parseLong(args[0]);
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime() >>> 20;
    long first = args.length > 2 ? Long.parseLong(args[2]) : 0;
    Fuzzing fuzzing = new Fuzzing(seed);
    fuzzing.watch();
    long problems = 0;
    long early = 0;
    for (long i = first; i < first + inputs; i++) {
      String problem;
      try {
        problem = fuzzing.problem(i);
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError | AssertionError e) {
        problem = e.toString();
      }
      if (problem != null && ++problems <= 20) {
        System.out.printf("seed %d, input %d: %s%n%s%n", seed, i, problem, fuzzing.shown(i));
      }
      if (i - first == inputs / 10) {
        early = resident();
      }
      if ((i + 1 - first) % 1_000_000 == 0) {
        System.out.printf("%,d inputs, %,d read%n", i + 1 - first, fuzzing.read);
      }
    }
    System.out.printf(
        "seed %d: %,d inputs, %,d of them read, %,d problems; resident %,d kB after a tenth, %,d kB at the end, %d mappings%n",
        seed, inputs, fuzzing.read, problems, early, resident(), Files.readAllLines(Path.of("/proc/self/maps")).size());
    System.exit(problems == 0 ? 0 : 1);
  }

  private void watch() {
    Thread.ofPlatform().daemon().start(() -> {
      for (;;) {
        try {
          Thread.sleep(1_000);
        } catch (InterruptedException e) {
          return;
        }
        long here = number;
        if (cpuNanos() - since > LONGEST_SECONDS * 1_000_000_000L && here == number) {
          System.out.printf("input %d needs more than %d s of processor time%n%s%n", here, LONGEST_SECONDS,
              shown(here));
          System.out.flush();
          Runtime.getRuntime().halt(1);
        }
      }
    });
  }

  private long cpuNanos() {
    return THREADS.getThreadCpuTime(owner);
  }

  private String shown(long at) {
    String text = damage.text(at);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "… (" + text.length() + " characters)";
  }

  private static long resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).sum();
  }
}
