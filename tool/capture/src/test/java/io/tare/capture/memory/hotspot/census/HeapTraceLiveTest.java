package io.tare.capture.memory.hotspot.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.FileBackedMemory;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.formats.Parsed;
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is reached from outside, against {@code GC.class_histogram}, which collects first. */
@Tag("slow")
class HeapTraceLiveTest {
  private static final int KEPT = 40_000;
  private static final int LOCAL = 30_000;
  private static final int DROPPED = 90_000;
  private static final int WINDOW = 20_000;
  /** So many come at most while it is traced, each held by the one before it for a moment. */
  private static final int PER_MILLI = 30;
  private static final long GROWN = 4 << 20;
  private static final String SOURCE = """
      import java.lang.ref.*;
      import java.util.*;
      public class Traced {
        static final class Kept { long a; Object next; }
        static final class OnStack { long a; Object c; }
        static final class Dropped { long a, b, c; Object next; }
        static final class Weakly { long a; }
        static final class Softly { long a; }
        static final class OfThread { long a; }
        static final class Chained { byte[] a = new byte[80]; Chained next; }
        static Object kept;
        static Object dropped;
        static Chained tail;
        static final List<Reference<?>> references = new ArrayList<>();
        static final ThreadLocal<Object> local = new ThreadLocal<>();
        static volatile Object sink;
        static final Map<String, byte[]> growing = new HashMap<>();

        static Object list(int count, java.util.function.Supplier<Object> maker) {
          LinkedList<Object> list = new LinkedList<>();
          for (int i = 0; i < count; i++) {
            list.add(maker.get());
          }
          return list;
        }

        public static void main(String[] arguments) throws Exception {
          kept = list(%1$d, Kept::new);
          Object[] onStack = new Object[%2$d];
          for (int i = 0; i < onStack.length; i++) {
            onStack[i] = new OnStack();
          }
          dropped = list(%3$d, Dropped::new);
          for (int i = 0; i < 1_000; i++) {
            references.add(new WeakReference<>(new Weakly()));
          }
          Object[] ofThread = new Object[5_000];
          for (int i = 0; i < ofThread.length; i++) {
            ofThread[i] = new OfThread();
          }
          local.set(ofThread);
          Map<Integer, String> map = new HashMap<>();
          for (int i = 0; i < 50_000; i++) {
            map.put(i, "value " + i);
          }
          System.gc();
          System.gc();
          dropped = null;
          Object[] pins = new Object[1_000];
          for (int i = 0; i < 1_000; i++) {
            pins[i] = new Softly();
            references.add(new WeakReference<>(pins[i]));
          }
          ofThread = null;
          if (arguments[0].equals("idle")) {
            System.out.println("ready");
            Thread.sleep(120_000);
          } else {
            busy(arguments[0], map);
          }
          System.out.println(map.size() + onStack.length + pins.length);
        }

        /** What lives for some seconds and is then dropped: it is promoted meanwhile, and garbage of the old generation after that. */
        static void busy(String what, Map<Integer, String> map) throws Exception {
          ArrayDeque<Chained> window = new ArrayDeque<>();
          long began = System.nanoTime();
          System.out.println("ready");
          for (int round = 0; System.nanoTime() - began < 120_000_000_000L; round++) {
            for (int i = 0; i < 2_000; i++) {
              sink = new byte[500];
            }
            for (int i = 0; i < 300; i++) {
              Chained added = new Chained();
              window.add(added);
              // A dead one leads to all that came after it.
              if (tail != null) {
                tail.next = added;
              }
              tail = added;
              if (window.size() > %4$d) {
                sink = window.poll();
              }
            }
            if (what.equals("leak")) {
              growing.put("key " + round, new byte[4_000]);
            }
            Thread.sleep(10);
          }
        }
      }
      """
      .formatted(KEPT, LOCAL, DROPPED, WINDOW);

  @TempDir
  private static Path classes;

  record Jvm(Jdk jdk, List<String> options) {
    @Override
    public String toString() {
      return jdk + " " + String.join(" ", options);
    }
  }

  static List<Jvm> jvms() {
    List<Jvm> jvms = new ArrayList<>();
    for (Jdk jdk : Jdk.all().stream().filter(jdk -> jdk.feature() >= 17).toList()) {
      for (String collector : List.of("Serial", "Parallel", "G1")) {
        jvms.add(new Jvm(jdk, List.of("-XX:+Use" + collector + "GC")));
      }
      jvms.add(new Jvm(jdk, List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops", "-XX:-UseCompressedClassPointers")));
      jvms.add(new Jvm(jdk, List.of("-XX:+UseG1GC", "-XX:ObjectAlignmentInBytes=16")));
      jvms.add(
          new Jvm(jdk, List.of("-XX:+UseG1GC", jdk.feature() < 24 ? "-Xshare:off" : "-XX:+UseCompactObjectHeaders")));
    }
    return jvms;
  }

  /** Those whose heap differs for a program that runs. */
  static List<Jvm> collectors() {
    return jvms().stream().filter(jvm -> jvm.options().size() == 1 || jvm.toString().contains("Compact")).toList();
  }

  private static Child start(Jvm jvm, String what) throws Exception {
    Path source = classes.resolve("Traced.java");
    if (!Files.exists(source)) {
      Files.writeString(source, SOURCE, StandardCharsets.UTF_8);
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", classes.toString(),
          source.toString())).isZero();
    }
    List<String> command = new ArrayList<>(List.of(jvm.jdk().home().resolve("bin/java").toString(), "-Xmx400m",
        // So much room that nothing collects the old generation while it is looked at.
        "-Xms400m", "-XX:InitiatingHeapOccupancyPercent=95", "-XX:-G1UseAdaptiveIHOP", "-Xmn12m",
        "-XX:MaxTenuringThreshold=1", "-XX:+UnlockExperimentalVMOptions",
        "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(jvm.options());
    command.addAll(List.of("-cp", classes.toString(), "Traced", what));
    return Child.start(command).whenItSays("ready");
  }

  private static Parsed<Optional<TypeCensus>> trace(Child child) throws Exception {
    Path proc = child.folder().path();
    Smaps smaps = Mappings.of(proc);
    try (LiveMemory memory = LiveMemory.open(proc, new ReadBudget(1L << 34, Duration.ofSeconds(32)));
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), proc)) {
      return HeapTrace.take(complete, smaps, proc, Duration.ofSeconds(30));
    }
  }

  private static String cost(Child child) {
    String stat = child.folder().text("stat").orElseThrow();
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return "faults " + fields[7] + " " + fields[9] + ", resident " + child.status("VmRSS") + ", page tables "
        + child.status("VmPTE");
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void whatIsReachedOfAnIdleProgramIsWhatACollectionKeeps(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "idle")) {
      Thread.sleep(500);
      signal("-STOP", child.pid());
      Thread.sleep(100);
      String before = cost(child);
      Parsed<Optional<TypeCensus>> traced = trace(child);
      assertThat(cost(child)).as("what it cost the process").isEqualTo(before);
      signal("-CONT", child.pid());
      assertThat(traced.value()).as(traced.problems().toString()).isPresent();
      TypeCensus census = traced.value().get();
      Map<String, TypeCount> ours = byName(census);
      Map<String, TypeCount> theirs = histogram(jvm.jdk(), child.pid());
      System.out.println(jvm + ": " + census.bytes() + " bytes, " + census.live() + ", " + census.cost());
      assertThat(census.truth()).isEqualTo(Truth.CONSISTENT);
      assertThat(objects(ours, "Traced$Kept")).isEqualTo(KEPT);
      assertThat(objects(ours, "Traced$OnStack")).isEqualTo(LOCAL);
      assertThat(objects(ours, "Traced$OfThread")).isEqualTo(5_000);
      assertThat(objects(ours, "Traced$Softly")).isEqualTo(1_000);
      assertThat(objects(ours, "Traced$Weakly")).as("weakly held").isLessThan(10);
      assertThat(objects(ours, "Traced$Dropped")).as("dead").isZero();
      assertThat(differing(ours, theirs)).isEmpty();
    }
  }

  /**
   * Of the thirty heaviest classes those of which more is reached than a collection keeps, or a megabyte less: an archive's interned strings
   * hang on no class.
   */
  private static List<String> differing(Map<String, TypeCount> ours, Map<String, TypeCount> theirs) {
    List<String> differing = new ArrayList<>();
    theirs.values().stream().limit(30).filter(their -> !their.name().equals("jdk.internal.vm.FillerElement[]"))
        .filter(their -> !their.name().equals("int[]")).forEach(their -> {
          TypeCount our = ours.getOrDefault(their.name(), new TypeCount(their.name(), "", 0, 0));
          if (our.objects() > their.objects() + 20 || our.bytes() < their.bytes() - (1 << 20)) {
            differing.add(our + " against " + their);
          }
        });
    return differing;
  }

  private static long objects(Map<String, TypeCount> types, String name) {
    return types.getOrDefault(name, new TypeCount(name, "", 0, 0)).objects();
  }

  private static Map<String, TypeCount> byName(TypeCensus census) {
    Map<String, TypeCount> types = new HashMap<>();
    census.types().forEach(type -> types.put(type.name(), type));
    return types;
  }

  private static long grown(List<TypeCensus> traces) {
    return traces.getLast().live().orElseThrow().oldUsedBytes() - traces.getFirst().live().orElseThrow().oldUsedBytes();
  }

  /** What is promoted and dies in the old generation: it grows there, and is never reached. */
  @ParameterizedTest
  @MethodSource("collectors")
  void whatDiesInTheOldGenerationIsNotReachedWhileTheProgramGoesOn(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "steady")) {
      Thread.sleep(6_000);
      List<TypeCensus> traces = new ArrayList<>();
      // On a busy machine it takes its time to make garbage.
      for (int round = 0; round < 4 || round < 40 && grown(traces) < GROWN; round++) {
        Thread.sleep(1_000);
        traces.add(trace(child).value().orElseThrow());
      }
      for (TypeCensus census : traces) {
        Map<String, TypeCount> types = byName(census);
        System.out.println(jvm + ": " + census.truth() + " " + census.live() + " " + census.cost() + " "
            + objects(types, "Traced$Chained"));
        assertThat(census.truth()).isEqualTo(Truth.CONSISTENT);
        assertThat(objects(types, "Traced$Chained")).isBetween(WINDOW - 500L,
            WINDOW + 500 + PER_MILLI * (census.cost().wallMillis() + 100));
        assertThat(objects(types, "Traced$OnStack")).as("held by a compiled loop").isEqualTo(LOCAL);
        assertThat(objects(types, "Traced$Dropped")).isZero();
      }
      Live first = traces.getFirst().live().orElseThrow();
      Live last = traces.getLast().live().orElseThrow();
      assertThat(grown(traces)).as("garbage of the old generation").isGreaterThan(GROWN);
      assertThat(last.oldBytes()).as("what lives of it").isBetween(first.oldBytes() - (3 << 20),
          first.oldBytes() + (3 << 20));
    }
  }

  /** The other way round: what is kept is reached, all of it. */
  @ParameterizedTest
  @MethodSource("collectors")
  void whatIsKeptIsReachedWhileTheProgramGoesOn(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "leak")) {
      Thread.sleep(2_000);
      TypeCensus first = trace(child).value().orElseThrow();
      Thread.sleep(4_000);
      TypeCensus last = trace(child).value().orElseThrow();
      long their = histogram(jvm.jdk(), child.pid()).values().stream()
          .filter(type -> type.name().equals("byte[]")).mapToLong(TypeCount::bytes).sum();
      long our = byName(last).get("byte[]").bytes();
      assertThat(last.live().orElseThrow().oldBytes())
          .isGreaterThan(first.live().orElseThrow().oldBytes() + (400 << 10));
      assertThat(our).as("against a collection a moment later: " + their).isBetween(their - (2 << 20),
          their + (4 << 20));
    }
  }

  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  private static Map<String, TypeCount> histogram(Jdk jdk, long pid) throws Exception {
    Process asking = new ProcessBuilder(jdk.home().resolve("bin/jcmd").toString(), Long.toString(pid),
        "GC.class_histogram").redirectErrorStream(true).start();
    Map<String, TypeCount> types = new LinkedHashMap<>();
    new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().map(ROW::matcher)
        .filter(Matcher::matches).forEach(row -> {
          String name = ClassNames.readable(row.group(3).replace('.', '/'));
          types.merge(name, new TypeCount(name, "", Long.parseLong(row.group(1)), Long.parseLong(row.group(2))),
              (one, other) -> new TypeCount(name, "", one.objects() + other.objects(), one.bytes() + other.bytes()));
        });
    assumeTrue(!types.isEmpty(), "the JVM gave no histogram: that both agree was not checked");
    return types;
  }
}
