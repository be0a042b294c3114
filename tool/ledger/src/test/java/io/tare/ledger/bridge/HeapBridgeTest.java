package io.tare.ledger.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.SampleEvidence;
import io.tare.ledger.runtimes.hotspot.Jvm;
import io.tare.model.AddressRange;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import io.tare.model.heap.DumpFacts;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.NativeBridge;
import io.tare.model.heap.NativeBridge.NativeLine;
import io.tare.model.heap.NativeBridge.NativeOwner;
import io.tare.model.heap.ObjectTotals;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Confidence;
import io.tare.model.ledger.Entry;
import io.tare.model.ledger.Ledger;
import io.tare.model.report.MappingLine;
import io.tare.model.report.Observer;
import io.tare.model.report.Report;
import io.tare.model.report.ReportTarget;
import io.tare.model.report.Scales;
import io.tare.model.report.ThreadLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Native bytes behind objects of a heap dump, beside the ledger of the process. */
class HeapBridgeTest {
  private static final long MB = 1 << 20;
  private static final Instant DUMPED = Instant.parse("2026-01-02T03:04:05Z");

  private final List<NativeOwner> owners = new ArrayList<>();
  private final Map<Account, Long> megabytes = new HashMap<>();
  private final List<ThreadLine> threads = new ArrayList<>();
  private final List<MappingLine> mappings = new ArrayList<>();
  private long heapMegabytes;
  private boolean truncated;
  private Jvm jvm = Jvm.NONE;

  private HeapSummary summary() {
    DumpFacts facts = new DumpFacts("1.0.2", 8, DUMPED, MB, truncated, "", 1000, 10, false);
    return new HeapSummary(facts, new ObjectTotals(900, heapMegabytes * MB), new ObjectTotals(100, 0), List.of(),
        List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), owners, List.of());
  }

  private Ledger ledger(long unexplainedMegabytes) {
    List<Entry> entries = new ArrayList<>();
    megabytes.forEach((account, many) -> entries.add(new Entry(account, "", many * MB, Confidence.MEASURED, "test")));
    long sum = entries.stream().mapToLong(Entry::residentBytes).sum();
    return new Ledger(sum + unexplainedMegabytes * MB, entries, unexplainedMegabytes * MB);
  }

  private List<NativeLine> lines() {
    Scales scales = new Scales(0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(),
        OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), List.of(), "");
    Report report = new Report(DUMPED, new ReportTarget(4711, "shop", "HotSpot", "25", "G1", ""), scales,
        Optional.empty(), Optional.empty(), Optional.of(ledger(0)), List.of(), List.of(), List.of(), threads, mappings,
        new Observer(0, 0, List.of()), List.of(), List.of());
    return new HeapBridge.Lines(summary(), report, ledger(0), jvm).all();
  }

  private NativeLine line(String what) {
    return lines().stream().filter(line -> line.what().equals(what)).findFirst().orElseThrow();
  }

  private void owner(String kind, String className, long objects, long ownedMegabytes) {
    owners.add(new NativeOwner(kind, className, objects, ownedMegabytes * MB, ""));
  }

  private void reserved(long many) {
    jvm = Jvm.of(SampleEvidence.jvm().size("direct.reserved", many).situation().evidence());
  }

  @ParameterizedTest
  @EnumSource(Account.class)
  void everyAccountIsComparedOrNamedInTheRestAndNeverBoth(Account account) {
    List<NativeLine> without = lines();
    megabytes.put(account, 7L);
    List<NativeBridge.Rest> rest = HeapBridge.rest(ledger(0));
    if (lines().equals(without)) {
      assertThat(rest).singleElement().isEqualTo(new NativeBridge.Rest(account.id(), account.title(), 7 * MB));
    } else {
      assertThat(rest).as("compared with what objects own").isEmpty();
    }
  }

  @Test
  void theRestAndWhatIsComparedMakeTheWholeLedgerBiggestFirst() {
    Arrays.stream(Account.values()).forEach(account -> megabytes.put(account, 1L + account.ordinal()));
    Ledger ledger = ledger(500);
    List<NativeBridge.Rest> rest = HeapBridge.rest(ledger);
    assertThat(rest.getFirst()).isEqualTo(new NativeBridge.Rest("unexplained", "unexplained", 500 * MB));
    assertThat(rest).isSortedAccordingTo((a, b) -> Long.compare(b.residentBytes(), a.residentBytes()));
    long compared = line("Java heap").processBytes().orElseThrow() + line("malloc in use").processBytes().orElseThrow()
        + line("thread stacks").processBytes().orElseThrow() + line("classes").processBytes().orElseThrow()
        + ledger.bytes(Account.MAPPED) + ledger.bytes(Account.MAPPED_DIRTY);
    assertThat(compared + rest.stream().mapToLong(NativeBridge.Rest::residentBytes).sum())
        .isEqualTo(ledger.residentBytes());
  }

  @Test
  void buffersAndArenasTogetherAreWhatTheJdkReserved() {
    owner("direct buffers", "java.nio.DirectByteBuffer$Deallocator", 3, 30);
    owner("arenas", "jdk.internal.foreign.NativeMemorySegmentImpl", 2, 10);
    reserved(40);
    NativeLine line = line("direct buffers and arenas");
    assertThat(line.objects()).isEqualTo(5);
    assertThat(line.heapBytes()).hasValue(40 * MB);
    assertThat(line.processBytes()).hasValue(40 * MB);
    assertThat(line.meaning()).isEqualTo("they agree");
    reserved(60);
    assertThat(line("direct buffers and arenas").meaning()).isEqualTo("20.0 MB more in the process");
    reserved(20);
    assertThat(line("direct buffers and arenas").meaning()).contains("more in the heap than reserved");
  }

  @Test
  void whatTheProcessDoesNotTellIsNotZero() {
    owner("direct buffers", "java.nio.DirectByteBuffer$Deallocator", 3, 30);
    NativeLine line = line("direct buffers and arenas");
    assertThat(line.processBytes()).isEmpty();
    assertThat(line.meaning()).isEqualTo("the process does not tell what it reserved");
    assertThat(line("inflaters and deflaters").processBytes()).isEmpty();
    assertThat(line("thread stacks").heapBytes()).isEmpty();
  }

  @Test
  void mallocIsOwnedByBuffersAndCompressionAndTheRestHasNoOwner() {
    owner("direct buffers", "java.nio.DirectByteBuffer$Deallocator", 3, 30);
    owner("inflaters", "java.util.zip.Inflater", 1024, 0);
    owner("inflaters", "java.util.zip.Inflater$InflaterZStreamRef", 1024, 0);
    megabytes.put(Account.MALLOC_USED, 50L);
    megabytes.put(Account.MALLOC_MMAPPED, 40L);
    assertThat(line("inflaters and deflaters").objects()).as("each is a pair of objects").isEqualTo(1024);
    assertThat(line("inflaters and deflaters").heapBytes()).hasValue(40 * MB);
    NativeLine malloc = line("malloc in use");
    assertThat(malloc.heapBytes()).hasValue(70 * MB);
    assertThat(malloc.processBytes()).hasValue(90 * MB);
    assertThat(malloc.meaning()).startsWith("20.0 MB have no Java owner");
    megabytes.put(Account.MALLOC_USED, 30L);
    assertThat(line("malloc in use").meaning()).contains("own about all of it");
  }

  @Test
  void segmentsOfMappedFilesCountWithTheFilesAndNotAsMalloc() {
    owner("mapped files", "sun.nio.ch.FileChannelImpl$Unmapper", 1, 64);
    owner("mapped segments", "jdk.internal.foreign.MappedMemorySegmentImpl", 5, 320);
    megabytes.put(Account.MAPPED, 8L);
    mappings.add(mapping(Account.MAPPED, 100));
    mappings.add(mapping(Account.LIBRARIES, 50));
    NativeLine files = line("mapped files");
    assertThat(files.heapBytes()).hasValue(64 * MB);
    assertThat(files.processBytes()).as("address space of mapped files alone").hasValue(100 * MB);
    assertThat(files.meaning()).startsWith("8.00 MB of it are resident").contains("what no object owns");
    assertThat(line("malloc in use").heapBytes()).hasValue(0);
    assertThat(line("direct buffers and arenas").heapBytes()).hasValue(0);
  }

  private static MappingLine mapping(Account account, long many) {
    return new MappingLine(new AddressRange(0x1000, 0x1000 + many * MB), "r--s", "/data/a", account.id(), "", 0,
        Confidence.MEASURED);
  }

  @Test
  void theHeapsDifferenceIsExplained() {
    heapMegabytes = 100;
    megabytes.put(Account.HEAP_LIVE, 60L);
    megabytes.put(Account.HEAP_GARBAGE, 40L);
    assertThat(line("Java heap").meaning()).isEqualTo("they agree");
    assertThat(line("Java heap").objects()).isEqualTo(1000);
    megabytes.put(Account.HEAP_GARBAGE, 80L);
    assertThat(line("Java heap").meaning()).contains("garbage that the dump leaves out");
    megabytes.put(Account.HEAP_GARBAGE, 0L);
    assertThat(line("Java heap").meaning()).contains("allocated after the capture");
  }

  @Test
  void stacksAreSharedAmongTheThreadsOfTheProcess() {
    owner("thread stacks", "java.lang.Thread", 1, 0);
    megabytes.put(Account.STACKS_JAVA, 1L);
    threads.add(new ThreadLine(1, "main", Account.STACKS_JAVA.id(), new AddressRange(0x1000, 0x9000), MB));
    threads.add(new ThreadLine(2, "gc", Account.STACKS_NATIVE.id(), new AddressRange(0x11000, 0x19000), MB));
    NativeLine line = line("thread stacks");
    assertThat(line.objects()).isEqualTo(1);
    assertThat(line.counterpart()).contains("of 1 threads");
    assertThat(line.meaning()).isEqualTo("about 1024 KB each");
    threads.add(new ThreadLine(3, "C2", Account.STACKS_JAVA.id(), new AddressRange(0x21000, 0x29000), MB));
    assertThat(line("thread stacks").meaning()).startsWith("about 512 KB each; threads of the JVM itself");
  }

  @Test
  void whyTheTwoMayNotFitIsSaid() {
    assertThat(HeapBridge.notes(summary(), DUMPED.plusSeconds(90))).isEmpty();
    assertThat(HeapBridge.notes(summary(), DUMPED.minusSeconds(300))).singleElement().asString()
        .contains("5 minutes apart");
    truncated = true;
    assertThat(HeapBridge.notes(summary(), DUMPED)).singleElement().asString().contains("cut off");
  }

  @Test
  void aCaptureWithoutALedgerGivesNoComparison() {
    Capture empty = new Capture(new Target(4711, 1, "shop", RuntimeKind.HOTSPOT), DUMPED, 0, List.of(), Map.of());
    assertThat(HeapBridge.compare(summary(), empty)).isEmpty();
  }

  @Test
  void agreementEndsAtAMegabyteOrAtTwoInAHundred() {
    heapMegabytes = 1000;
    megabytes.put(Account.HEAP_USED, 980L);
    assertThat(line("Java heap").meaning()).isEqualTo("they agree");
    megabytes.put(Account.HEAP_USED, 979L);
    assertThat(line("Java heap").meaning()).contains("allocated after the capture");
    heapMegabytes = 10;
    megabytes.put(Account.HEAP_USED, 11L);
    assertThat(line("Java heap").meaning()).isEqualTo("they agree");
    megabytes.put(Account.HEAP_USED, 12L);
    assertThat(line("Java heap").meaning()).contains("garbage that the dump leaves out");
  }

  @Test
  void inflatersAndDeflatersWeighWhatTheyWeigh() {
    owner("inflaters", "java.util.zip.Inflater", 1024, 0);
    owner("deflaters", "java.util.zip.Deflater", 1024, 0);
    assertThat(line("inflaters and deflaters").objects()).isEqualTo(2048);
    assertThat(line("inflaters and deflaters").heapBytes()).hasValue(300 * MB);
    assertThat(line("malloc in use").heapBytes()).hasValue(300 * MB);
    megabytes.put(Account.MALLOC_USED, 301L);
    assertThat(line("malloc in use").meaning()).contains("own about all of it");
    megabytes.put(Account.MALLOC_USED, 302L);
    assertThat(line("malloc in use").meaning()).startsWith("2.00 MB have no Java owner");
  }

  @Test
  void mappedFilesAreResidentInPartCleanAndDirty() {
    owner("mapped files", "sun.nio.ch.FileChannelImpl$Unmapper", 1, 64);
    megabytes.put(Account.MAPPED, 8L);
    megabytes.put(Account.MAPPED_DIRTY, 4L);
    mappings.add(mapping(Account.MAPPED, 65));
    assertThat(line("mapped files").meaning()).isEqualTo("12.0 MB of it are resident");
    mappings.add(mapping(Account.MAPPED_DIRTY, 1));
    assertThat(line("mapped files").meaning()).startsWith("12.0 MB of it are resident; what no object owns");
  }

  @Test
  void aCaptureOfTheProcessIsPutBesideItsDump() {
    Artifact smaps = Artifact.taken(ArtifactNames.SMAPS, "", 0, """
        100000-200000 rw-p 00000000 00:00 0
        Rss: 1024 kB
        Pss: 1024 kB
        Shared_Clean: 0 kB
        Shared_Dirty: 0 kB
        Private_Clean: 0 kB
        Private_Dirty: 1024 kB
        Anonymous: 1024 kB
        Swap: 0 kB
        """);
    Capture capture = new Capture(new Target(4711, 1, "shop", RuntimeKind.HOTSPOT), DUMPED, 0, List.of(),
        Map.of(ArtifactNames.SMAPS, smaps));
    NativeBridge bridge = HeapBridge.compare(summary(), capture).orElseThrow();
    assertThat(bridge.pid()).isEqualTo(4711);
    assertThat(bridge.lines()).hasSize(7);
    assertThat(bridge.rest()).containsExactly(new NativeBridge.Rest("unexplained", "unexplained", MB));
  }
}
