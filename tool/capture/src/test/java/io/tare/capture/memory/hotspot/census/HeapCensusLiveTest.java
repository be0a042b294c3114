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
import io.tare.model.proc.Smaps;
import io.tare.model.profile.TypeCensus;
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

/** What is counted from outside, against {@code GC.class_histogram -all}, of every JDK of this machine and every collector. */
@Tag("slow")
class HeapCensusLiveTest {
  private static final int KEPT = 50_000;
  private static final String SOURCE = """
      import java.util.*;
      public class Counted {
        static final class Planted { long a, b; Object c; }
        static final class Gone { long a; }
        static Object[] kept = new Object[%d];
        static Object dead;
        public static void main(String[] arguments) throws Exception {
          for (int i = 0; i < kept.length; i++) {
            kept[i] = new Planted();
          }
          Map<String, long[]> map = new HashMap<>();
          for (int i = 0; i < 20_000; i++) {
            map.put("key " + i, new long[i %% 50]);
          }
          List<byte[]> large = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            large.add(new byte[3_000_000 + i]);
          }
          if (arguments[0].equals("idle")) {
            System.gc();
            for (int i = 0; i < 7_000; i++) {
              dead = new Gone();
            }
            System.out.println("ready");
            Thread.sleep(120_000);
          }
          System.out.println("ready");
          long end = System.nanoTime() + 120_000_000_000L;
          while (System.nanoTime() < end) {
            for (int i = 0; i < 100_000; i++) {
              dead = new Gone();
            }
            if (arguments[0].equals("storm")) {
              System.gc();
              Thread.sleep(100);
            }
          }
          System.out.println(map.size() + large.size());
        }
      }
      """.formatted(KEPT);

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
      for (String collector : List.of("Serial", "Parallel", "G1", "Z", "Shenandoah")) {
        jvms.add(new Jvm(jdk, List.of("-XX:+Use" + collector + "GC")));
      }
      jvms.add(new Jvm(jdk, List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops", "-XX:-UseCompressedClassPointers")));
      jvms.add(new Jvm(jdk, List.of("-XX:+UseParallelGC", "-XX:ObjectAlignmentInBytes=16")));
      jvms.add(
          new Jvm(jdk, List.of("-XX:+UseG1GC", jdk.feature() < 24 ? "-Xshare:off" : "-XX:+UseCompactObjectHeaders")));
    }
    return jvms;
  }

  static List<Jvm> still() {
    return jvms().stream().filter(jvm -> jvm.options().stream().noneMatch(option -> option.matches(".*(UseZ|Shen).*")))
        .filter(jvm -> jvm.options().size() == 1).toList();
  }

  private static Child start(Jvm jvm, String what) throws Exception {
    Path source = classes.resolve("Counted.java");
    if (!Files.exists(source)) {
      Files.writeString(source, SOURCE, StandardCharsets.UTF_8);
      assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", classes.toString(),
          source.toString())).isZero();
    }
    List<String> command = new ArrayList<>(List.of(jvm.jdk().home().resolve("bin/java").toString(), "-Xmx128m",
        "-XX:+UnlockExperimentalVMOptions", "-XX:+IgnoreUnrecognizedVMOptions"));
    command.addAll(jvm.options());
    command.addAll(List.of("-cp", classes.toString(), "Counted", what));
    return Child.start(command).whenItSays("ready");
  }

  private static Optional<TypeCensus> census(Child child, Duration time) throws Exception {
    Path proc = child.folder().path();
    Smaps smaps = Mappings.of(proc);
    try (LiveMemory memory = LiveMemory.open(proc, new ReadBudget(1L << 32, time.plusSeconds(2)));
        FileBackedMemory complete = new FileBackedMemory(memory, new MappingIndex(smaps), proc)) {
      return HeapCensus.take(complete, smaps, proc, new HeapCensus.Options(1, time)).value();
    }
  }

  private static void signal(String signal, long pid) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
  }

  private static String cost(Child child) {
    String stat = child.folder().text("stat").orElseThrow();
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return "faults " + fields[7] + " " + fields[9] + ", resident " + child.status("VmRSS") + ", page tables "
        + child.status("VmPTE");
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void anIdleHeapIsWhatTheJvmItselfCounts(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "idle")) {
      Thread.sleep(500);
      signal("-STOP", child.pid());
      Thread.sleep(200);
      String before = cost(child);
      TypeCensus census = census(child, Duration.ofSeconds(30)).orElseThrow();
      assertThat(cost(child)).as("what it cost the process").isEqualTo(before);
      signal("-CONT", child.pid());
      Map<String, TypeCount> ours = new HashMap<>();
      census.types().forEach(type -> ours.put(type.name(), type));
      assertThat(ours.get("Counted$Planted").objects()).isEqualTo(KEPT);
      boolean moves = jvm.options().getFirst().matches(".*(UseZ|Shen).*");
      assertThat(census.truth()).isEqualTo(moves ? Truth.APPROXIMATE : Truth.CONSISTENT);
      if (!moves) {
        assertThat(census.unparsedBytes()).isZero();
        assertThat(ours.get("Counted$Gone").objects()).as("dead ones").isEqualTo(7_000);
        Map<String, TypeCount> theirs = histogram(jvm.jdk(), child.pid());
        assertThat(differing(ours, theirs)).isEmpty();
      }
    }
  }

  /** Of the fifty heaviest classes those that differ by more than what answering takes: the answer's strings, fillers, a thread. */
  private static List<String> differing(Map<String, TypeCount> ours, Map<String, TypeCount> theirs) {
    List<String> differing = new ArrayList<>();
    theirs.values().stream().limit(50).forEach(their -> {
      TypeCount our = ours.getOrDefault(their.name(), new TypeCount(their.name(), "", 0, 0));
      boolean isFiller = their.name().equals("jdk.internal.vm.FillerElement[]") || their.name().equals("int[]");
      if (isFiller) {
        return;
      }
      long most = their.name().startsWith("java.lang.") || their.name().equals("byte[]") ? 12 : 0;
      boolean same = Math.abs(our.objects() - their.objects()) <= most
          && (most > 0 || our.bytes() == their.bytes());
      if (!same) {
        differing.add(our + " against " + their);
      }
    });
    return differing;
  }

  private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  private static Map<String, TypeCount> histogram(Jdk jdk, long pid) throws Exception {
    Process asking = new ProcessBuilder(jdk.home().resolve("bin/jcmd").toString(), Long.toString(pid),
        "GC.class_histogram -all").redirectErrorStream(true).start();
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

  @ParameterizedTest
  @MethodSource("still")
  void whileCollectionsStormTheCountsAreOfOneMomentOrSaidToBeTorn(Jvm jvm) throws Exception {
    for (String load : List.of("storm", "busy")) {
      try (Child child = start(jvm, load)) {
        int consistent = 0;
        for (int round = 0; round < 3; round++) {
          TypeCensus census = census(child, Duration.ofSeconds(4)).orElseThrow();
          if (census.truth() == Truth.CONSISTENT) {
            consistent++;
            assertThat(census.types()).as(load + ": what stays is counted once")
                .filteredOn(type -> type.name().equals("Counted$Planted")).extracting(TypeCount::objects)
                .containsExactly((long) KEPT);
          }
        }
        System.out.println(jvm + " " + load + ": " + consistent + " of 3 consistent");
      }
    }
  }
}
