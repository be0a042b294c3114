package io.tare.capture.memory.hotspot.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.hotspot.census.TracedProgram.Jvm;
import io.tare.formats.Parsed;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is reached from outside, against {@code GC.class_histogram}, which collects first. */
@Tag("slow")
class HeapTraceLiveTest {
  /** So many come at most while it is traced, each held by the one before it for a moment. */
  private static final int PER_MILLI = 30;
  private static final long GROWN = 4 << 20;
  private static final long LEAKED = 1 << 20;
  private static final long CHAINED_BYTES = 136;
  /** An archive's interned strings hang on no class. */
  private static final String NO_ARCHIVE = "-Xshare:off";
  /** A thread that answers, what reflection holds softly, and arrays that only the JVM's own code refers to. */
  private static final long LITTLE = 16 << 10;

  @TempDir
  private static Path classes;

  private static Child start(Jvm jvm, String what) throws Exception {
    return new TracedProgram(classes).start(jvm, what);
  }

  static List<Jvm> jvms() {
    List<Jvm> jvms = new ArrayList<>();
    for (Jdk jdk : Jdk.all().stream().filter(jdk -> jdk.feature() >= 17).toList()) {
      for (String collector : List.of("Serial", "Parallel", "G1")) {
        jvms.add(new Jvm(jdk, List.of("-XX:+Use" + collector + "GC")));
      }
      jvms.add(new Jvm(jdk,
          List.of("-XX:+UseSerialGC", "-XX:-UseCompressedOops", "-XX:-UseCompressedClassPointers", NO_ARCHIVE)));
      // So far up references are counted from a base.
      jvms.add(new Jvm(jdk,
          List.of("-XX:+UseG1GC", "-XX:ObjectAlignmentInBytes=16", "-XX:HeapBaseMinAddress=80g", NO_ARCHIVE)));
      jvms.add(
          new Jvm(jdk, List.of("-XX:+UseG1GC", jdk.feature() < 24 ? NO_ARCHIVE : "-XX:+UseCompactObjectHeaders")));
    }
    return jvms;
  }

  /** Those whose heap differs for a program that runs. */
  static List<Jvm> collectors() {
    return jvms().stream().filter(jvm -> jvm.options().size() == 1 || jvm.toString().contains("Compact")).toList();
  }

  private static String cost(Child child) {
    String stat = child.folder().text("stat").orElseThrow();
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return "faults " + fields[7] + " " + fields[9] + ", resident " + child.status("VmRSS") + ", page tables "
        + child.status("VmPTE");
  }

  @ParameterizedTest
  @MethodSource("jvms")
  void whatIsReachedOfAnIdleProgramIsWhatACollectionKeeps(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "idle")) {
      Thread.sleep(500);
      TracedProgram.signal("-STOP", child);
      Thread.sleep(100);
      String before = cost(child);
      Parsed<Optional<TypeCensus>> traced = TracedProgram.trace(child);
      assertThat(cost(child)).as("what it cost the process").isEqualTo(before);
      TracedProgram.signal("-CONT", child);
      assertThat(traced.value()).as(traced.problems().toString()).isPresent();
      TypeCensus census = traced.value().get();
      Map<String, TypeCount> ours = TracedProgram.byName(census);
      Map<String, TypeCount> theirs = histogram(jvm.jdk(), child.pid());
      System.out.println(jvm + ": " + census.bytes() + " bytes, " + census.live() + ", " + census.cost());
      assertThat(census.truth()).isEqualTo(Truth.CONSISTENT);
      assertThat(TracedProgram.objects(ours, "Traced$Kept")).isEqualTo(TracedProgram.KEPT);
      assertThat(TracedProgram.objects(ours, "Traced$OnStack")).isEqualTo(TracedProgram.LOCAL);
      assertThat(TracedProgram.objects(ours, "Traced$OfThread")).isEqualTo(5_000);
      assertThat(TracedProgram.objects(ours, "Traced$Softly")).isEqualTo(1_000);
      assertThat(TracedProgram.objects(ours, "Traced$OfVirtual"))
          .isEqualTo(jvm.jdk().feature() < 21 ? 0 : TracedProgram.VIRTUAL);
      assertThat(TracedProgram.objects(ours, "Traced$Weakly")).as("weakly held").isLessThan(10);
      assertThat(TracedProgram.objects(ours, "Traced$Dropped")).as("dead").isZero();
      assertThat(differing(ours, theirs, !jvm.options().contains(NO_ARCHIVE))).isEmpty();
    }
  }

  /** Those classes of which more is reached than a collection keeps, or less: a megabyte less where an archive is mapped. */
  private static List<String> differing(Map<String, TypeCount> ours, Map<String, TypeCount> theirs,
      boolean isArchived) {
    long less = isArchived ? 1 << 20 : LITTLE;
    List<String> differing = new ArrayList<>();
    theirs.values().stream().filter(their -> !their.name().equals("jdk.internal.vm.FillerElement[]"))
        .filter(their -> !their.name().equals("int[]")).forEach(their -> {
          TypeCount our = ours.getOrDefault(their.name(), new TypeCount(their.name(), "", 0, 0));
          if (our.objects() > their.objects() + 20 || our.bytes() > their.bytes() + LITTLE
              || our.bytes() < their.bytes() - less) {
            differing.add(our + " against " + their);
          }
        });
    return differing;
  }

  private static long grown(List<TypeCensus> traces) {
    return traces.getLast().live().orElseThrow().oldUsedBytes() - traces.getFirst().live().orElseThrow().oldUsedBytes();
  }

  /** What is promoted and dies in the old generation: it grows there, and is never reached. */
  @ParameterizedTest
  @MethodSource("collectors")
  void whatDiesInTheOldGenerationIsNotReachedWhileTheProgramGoesOn(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "steady").whenItSays("full")) {
      List<TypeCensus> traces = new ArrayList<>();
      // On a busy machine it takes its time to make garbage.
      for (int round = 0; round < 4 || round < 40 && grown(traces) < GROWN; round++) {
        Thread.sleep(1_000);
        traces.add(TracedProgram.trace(child).value().orElseThrow());
      }
      for (TypeCensus census : traces) {
        Map<String, TypeCount> types = TracedProgram.byName(census);
        System.out.println(jvm + ": " + census.truth() + " " + census.live() + " " + census.cost() + " "
            + TracedProgram.objects(types, "Traced$Chained"));
        assertThat(census.truth()).isEqualTo(Truth.CONSISTENT);
        assertThat(TracedProgram.objects(types, "Traced$Chained")).isBetween(TracedProgram.WINDOW - 500L,
            TracedProgram.WINDOW + 500 + PER_MILLI * (census.cost().wallMillis() + 100));
        assertThat(TracedProgram.objects(types, "Traced$OnStack")).as("held by a compiled loop")
            .isEqualTo(TracedProgram.LOCAL);
        assertThat(TracedProgram.objects(types, "Traced$Dropped")).isZero();
      }
      Live first = traces.getFirst().live().orElseThrow();
      Live last = traces.getLast().live().orElseThrow();
      assertThat(grown(traces)).as("garbage of the old generation").isGreaterThan(GROWN);
      long longer = traces.getLast().cost().wallMillis() - traces.getFirst().cost().wallMillis();
      long most = (3 << 20) + CHAINED_BYTES * PER_MILLI * Math.abs(longer);
      assertThat(last.oldBytes()).as("what lives of it").isBetween(first.oldBytes() - most, first.oldBytes() + most);
    }
  }

  private static long reached(TypeCensus trace) {
    return trace.live().orElseThrow().oldBytes();
  }

  /** The other way round: what is kept is reached, all of it. */
  @ParameterizedTest
  @MethodSource("collectors")
  void whatIsKeptIsReachedWhileTheProgramGoesOn(Jvm jvm) throws Exception {
    try (Child child = start(jvm, "leak")) {
      Thread.sleep(2_000);
      TypeCensus first = TracedProgram.trace(child).value().orElseThrow();
      TypeCensus last = first;
      // It gets there with a collection of the young generation, which a busy machine keeps waiting.
      for (int round = 0; round < 40 && reached(last) <= reached(first) + LEAKED; round++) {
        Thread.sleep(1_000);
        last = TracedProgram.trace(child).value().orElseThrow();
      }
      long before = bytesOfArrays(jvm, child);
      long our = TracedProgram.byName(TracedProgram.trace(child).value().orElseThrow()).get("byte[]").bytes();
      long after = bytesOfArrays(jvm, child);
      assertThat(reached(last)).isGreaterThan(reached(first) + LEAKED);
      // What leaks never gets less, so how long these take doesn't count.
      assertThat(our).as("between two collections").isBetween(before - (2 << 20), after + (4 << 20));
    }
  }

  private static long bytesOfArrays(Jvm jvm, Child child) throws Exception {
    return histogram(jvm.jdk(), child.pid()).values().stream().filter(type -> type.name().equals("byte[]"))
        .mapToLong(TypeCount::bytes).sum();
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
