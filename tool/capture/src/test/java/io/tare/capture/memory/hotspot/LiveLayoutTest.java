package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.JvmThread;
import io.tare.model.proc.Smaps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The passive reading against what the same JVM says when it is asked: every JDK of this machine, every collector. */
@Tag("slow")
@ParameterizedClass
@MethodSource("jvms")
class LiveLayoutTest {
  private static final Map<String, Purpose> CATEGORIES = Map.of("GC", Purpose.GC, "Class", Purpose.CLASS_SPACE,
      "Metaspace", Purpose.METASPACE, "Shared class space", Purpose.CDS, "Java Heap", Purpose.HEAP, "Safepoint",
      Purpose.MACHINERY);
  private static final long OPEN_BYTES = 64 << 10;
  private static final long HEAP_TOLERANCE = 2 << 20;

  private static Child child;
  private static Jcmd jcmd;
  private static Smaps smaps;
  private static LiveMemory memory;
  private static Parsed<JvmLayout> parsed;
  private static JvmLayout layout;
  private static long faultsBefore;
  private static long faultsAfter;

  LiveLayoutTest(Jvm jvm) {
    assertThat(jcmd.jdk()).isEqualTo(jvm.jdk());
  }

  record Jvm(Jdk jdk, String collector, List<String> options) {
    @Override
    public String toString() {
      return jdk + " " + collector + " " + String.join(" ", options);
    }
  }

  static List<Jvm> jvms() {
    List<Jvm> jvms = new ArrayList<>();
    for (Jdk jdk : Jdk.all().stream().filter(jdk -> jdk.feature() >= 17).toList()) {
      for (String collector : List.of("Serial", "Parallel", "G1", "Z", "Shenandoah")) {
        jvms.add(new Jvm(jdk, collector, List.of()));
      }
      if (jdk.feature() < 24) {
        jvms.add(new Jvm(jdk, "Serial", List.of("-XX:-UseCompressedOops", "-Xshare:off")));
      } else {
        jvms.add(new Jvm(jdk, "Serial", List.of("-XX:-UseCompressedClassPointers")));
        jvms.add(new Jvm(jdk, "Epsilon", List.of("-XX:-SegmentedCodeCache")));
        jvms.add(new Jvm(jdk, "G1", List.of("-XX:+UseCompactObjectHeaders")));
        jvms.add(new Jvm(jdk, "Shenandoah", List.of("-XX:ShenandoahGCMode=generational")));
      }
    }
    return jvms;
  }

  @BeforeParameterizedClassInvocation
  static void readAStoppedJvm(Jvm jvm) throws Exception {
    List<String> options = new ArrayList<>(jvm.options());
    options.addAll(List.of("-XX:+Use" + jvm.collector() + "GC", "-XX:NativeMemoryTracking=detail"));
    child = Workload.start(jvm.jdk(), options);
    jcmd = new Jcmd(jvm.jdk(), child.pid());
    Path proc = child.folder().path();
    stop();
    faultsBefore = minorFaults();
    smaps = Mappings.of(proc);
    memory = LiveMemory.open(proc, ReadBudget.DEFAULT);
    parsed = HotspotTables.read(memory, smaps, proc, HotspotLimits.DEFAULT);
    layout = parsed.value();
    faultsAfter = minorFaults();
    signal("-CONT");
  }

  @AfterParameterizedClassInvocation
  static void end() throws Exception {
    memory.close();
    child.close();
  }

  /** The signal's sender does not wait for the threads to stop. */
  private static void stop() throws Exception {
    signal("-STOP");
    for (int i = 0; i < 1_000 && !everyThreadStopped(); i++) {
      Thread.sleep(5);
    }
  }

  private static boolean everyThreadStopped() throws IOException {
    try (Stream<Path> tasks = Files.list(child.folder().file("task"))) {
      return tasks.allMatch(task -> child.folder().text("task/" + task.getFileName() + "/stat")
          .filter(stat -> stat.startsWith(") T", stat.lastIndexOf(')'))).isPresent());
    }
  }

  private static void signal(String signal) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(child.pid())).start().waitFor();
  }

  private static long minorFaults() {
    String stat = child.folder().text("stat").orElseThrow();
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[7]);
  }

  private static List<AddressRange> ranges(Purpose purpose) {
    return layout.regions().stream().filter(region -> region.purpose() == purpose).map(JvmRegion::range).toList();
  }

  private static long residentBytes(Collection<AddressRange> ranges) {
    return ranges.stream().flatMap(range -> memory.presentRuns(range).stream()).mapToLong(AddressRange::bytes).sum();
  }

  @Test
  void nothingIsAmiss() {
    assertThat(parsed.problems()).isEmpty();
    assertThat(layout.fact("version").orElseThrow()).contains(Integer.toString(jcmd.jdk().feature()));
  }

  @Test
  void readingFaultsNoPageIn() {
    assertThat(faultsAfter).isEqualTo(faultsBefore);
  }

  @Test
  void everyReservationThatNativeMemoryTrackingKnowsHasItsOwner() throws Exception {
    for (Jcmd.Reserved reserved : jcmd.reservations()) {
      if (CATEGORIES.containsKey(reserved.category())) {
        List<AddressRange> open = Overlay.minus(reserved.range(), Overlay.owned(layout));
        assertThat(residentBytes(open)).as(reserved + " unowned at " + open).isLessThanOrEqualTo(OPEN_BYTES);
      }
    }
  }

  @Test
  void noRangeOfTheCollectorBelongsToSomethingElse() throws Exception {
    List<AddressRange> known = jcmd.reservations().stream().filter(reserved -> reserved.category().equals("GC"))
        .map(Jcmd.Reserved::range).sorted().toList();
    for (AddressRange range : ranges(Purpose.GC)) {
      assertThat(residentBytes(Overlay.minus(range, known))).as("GC " + range).isZero();
    }
  }

  @Test
  void theHeapsPartsAddUpToWhatTheJvmSays() throws Exception {
    assumeTrue(!layout.fact("collector").orElse("").equals("Epsilon"), "Epsilon's line has its own form");
    assertThat(layout.heapParts()).isNotEmpty();
    // ZGC counts whole pages.
    boolean pages = layout.fact("collector").orElse("").equals("ZGC");
    long used = layout.heapParts().stream().mapToLong(part -> (pages ? part.end() : part.top()) - part.bottom()).sum();
    assertThat(used).isCloseTo(jcmd.heapUsedBytes(), within(HEAP_TOLERANCE));
    for (HeapPart part : layout.heapParts()) {
      assertThat(ranges(Purpose.HEAP)).anyMatch(heap -> heap.contains(new AddressRange(part.bottom(), part.end())));
    }
  }

  @Test
  void metaspaceNodesAreThoseOfTheJvm() throws Exception {
    List<AddressRange> found = new ArrayList<>(ranges(Purpose.METASPACE));
    found.addAll(ranges(Purpose.CLASS_SPACE));
    assertThat(found).containsExactlyInAnyOrderElementsOf(jcmd.metaspaceNodes());
  }

  @Test
  void withoutSymbolsOfStaticsTheNodesAreFoundByWhatClassesPointTo() throws Exception {
    List<AddressRange> nodes = jcmd.metaspaceNodes();
    Parsed<JvmLayout> poor = Stripped.read(memory, smaps, child.folder().path());
    List<AddressRange> guessed = poor.value().regions().stream()
        .filter(region -> region.purpose() == Purpose.METASPACE || region.purpose() == Purpose.CLASS_SPACE)
        .map(JvmRegion::range).sorted().toList();
    for (AddressRange node : nodes) {
      assertThat(residentBytes(Overlay.minus(node, guessed))).as("missed of " + node).isZero();
    }
    List<AddressRange> known = nodes.stream().sorted().toList();
    for (AddressRange guess : guessed) {
      assertThat(residentBytes(Overlay.minus(guess, known))).as("claimed too much by " + guess).isZero();
    }
  }

  @Test
  void codeHeapsAreThoseOfTheJvm() throws Exception {
    assertThat(ranges(Purpose.CODE)).containsExactlyInAnyOrderElementsOf(jcmd.codeHeaps());
  }

  @Test
  void threadsHaveTheirNamesAndStacks() throws Exception {
    List<AddressRange> stacks = jcmd.reservations().stream().filter(r -> r.category().equals("Thread Stack"))
        .map(Jcmd.Reserved::range).toList();
    List<String> names = layout.threads().stream().map(JvmThread::name).toList();
    assertThat(names).contains("main", "Reference Handler").doesNotContain("");
    assertThat(names).filteredOn(name -> name.startsWith("w\u00f6rker")).hasSize(Workload.WORKERS);
    assertThat(stacks).containsAll(layout.threads().stream().map(JvmThread::stack).toList());
    assertThat(layout.threads()).allMatch(thread -> child.folder().file("task/" + thread.tid()).toFile().exists());
  }

  @Test
  void directMemoryIsWhatTheProgramAllocated() {
    assertThat(layout.number("direct.reserved")).hasValue(Workload.DIRECT_BYTES);
    assertThat(layout.number("direct.count")).hasValue(1);
    assertThat(layout.number("classes.count").orElse(0)).isGreaterThan(300);
    assertThat(layout.number("loaders.count").orElse(0)).isGreaterThan(2);
    assertThat(layout.number("heap.max")).hasValue(96 << 20);
  }
}
