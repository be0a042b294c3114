package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.jvm.HeapPart;
import io.tare.model.jvm.JvmLayout;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.jvm.JvmThread;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotspotTablesTest {
  private static List<JvmRegion> regions(Parsed<JvmLayout> parsed, Purpose purpose) {
    return parsed.value().regions().stream().filter(region -> region.purpose() == purpose).toList();
  }

  @Test
  void tablesAreReadByTheLayoutThatTheirSymbolsGive() {
    JvmLayout layout = FakeG1.in(new FakeMemory()).read().value();
    assertThat(layout.source()).isEqualTo("structure tables");
    assertThat(layout.fact("version")).hasValue("25.0.3+9-LTS");
    assertThat(layout.fact("collector")).hasValue("G1");
    assertThat(layout.number("heap.max")).hasValue(FakeG1.HEAP_BYTES);
    assertThat(layout.fact("flag.Unheard")).isEmpty();
    assertThat(layout.fact("origin.MaxHeapSize")).hasValue("command line");
  }

  @Test
  void committedRegionsOfG1BecomeHeapParts() {
    List<HeapPart> parts = FakeG1.in(new FakeMemory()).read().value().heapParts();
    assertThat(parts).extracting(HeapPart::role).containsExactly("eden", "old", "free");
    assertThat(parts).extracting(HeapPart::usedBytes).containsExactly(FakeG1.REGION_BYTES, 4711L * 8, 0L);
  }

  @Test
  void threadsHaveStacksEvenWhenTheirNamesCantBeRead() {
    List<JvmThread> threads = FakeG1.in(new FakeMemory()).read().value().threads();
    assertThat(threads).containsExactly(
        new JvmThread(1000, "", new AddressRange(FakeG1.STACKS + (1 << 20), FakeG1.STACKS + (2 << 20)), true),
        new JvmThread(1001, "", new AddressRange(FakeG1.STACKS + (3 << 20), FakeG1.STACKS + (4 << 20)), true));
  }

  @Test
  void aTableThatOnlyTheCollectorsObjectPointsToIsFound() {
    Parsed<JvmLayout> parsed = FakeG1.in(new FakeMemory()).read();
    assertThat(regions(parsed, Purpose.GC)).containsExactly(
        new JvmRegion(Purpose.GC, "card table", AddressRange.ofSize(FakeG1.CARDS, FakeG1.HEAP_BYTES / 512)),
        new JvmRegion(Purpose.GC, "mark bitmap", AddressRange.ofSize(FakeG1.BITMAP, FakeG1.HEAP_BYTES / 64)));
  }

  @Test
  void whatATableLacksIsAProblemAndTheRestStands() {
    Parsed<JvmLayout> parsed = FakeG1.in(new FakeMemory()).read();
    assertThat(parsed.problems()).extracting(Problem::where, Problem::message)
        .contains(tuple("code cache", "the structure table has no CodeCache._heap"));
    assertThat(parsed.value().heapParts()).isNotEmpty();
  }

  @Test
  void anAbsentPageCostsWhatLiesOnIt() {
    FakeMemory memory = new FakeMemory();
    FakeJvm jvm = FakeG1.in(memory);
    memory.absent(FakeG1.THREADS);
    Parsed<JvmLayout> parsed = jvm.read();
    assertThat(parsed.value().threads()).isEmpty();
    assertThat(parsed.value().heapParts()).hasSize(3);
    assertThat(parsed.problems()).extracting(Problem::where).contains("threads");
  }

  @Test
  void anAbsurdNumberOfRegionsIsRefused() {
    FakeMemory memory = new FakeMemory();
    FakeJvm jvm = FakeG1.in(memory);
    memory.u64(FakeG1.OBJECT + 0x88 + 24, 1L << 40);
    Parsed<JvmLayout> parsed = jvm.read();
    assertThat(parsed.value().heapParts()).isEmpty();
    assertThat(parsed.problems()).extracting(Problem::message).contains((1L << 40) + " heap regions");
  }

  @Test
  void aTableWithoutAnEndIsCutAtItsLimit() {
    FakeMemory memory = new FakeMemory();
    FakeJvm jvm = FakeG1.in(memory);
    Parsed<JvmLayout> parsed = jvm.read(new HotspotLimits(3, 10, 10, 10, 10, 64));
    assertThat(parsed.problems()).extracting(Problem::message).contains("gHotSpotVMStructs has more than 3 entries");
  }

  @Test
  void aListOfThreadsThatRunsInACircleEnds() {
    FakeMemory memory = new FakeMemory();
    FakeJvm jvm = new FakeJvm(memory);
    jvm.staticField("Threads", "_thread_list", 0x800000).field("JavaThread", "_next", 0)
        .field("JavaThread", "_stack_base", 8).field("JavaThread", "_stack_size", 16)
        .field("JavaThread", "_osthread", 24);
    memory.u64(0x800000, 0x800040).u64(0x800040, 0x800000);
    for (long thread : new long[] {0x800000, 0x800040}) {
      memory.u64(thread + 8, 0x900000).u64(thread + 16, 0x1000).u64(thread + 24, 0);
    }
    assertThat(jvm.read().value().threads()).hasSize(2);
  }

  @Test
  void aSpentBudgetEndsTheWalkWithWhatWasFound() {
    FakeMemory whole = new FakeMemory();
    FakeG1.in(whole).read();
    FakeMemory poor = new FakeMemory((int) whole.bytesRead() / 2);
    Parsed<JvmLayout> parsed = FakeG1.in(poor).read();
    assertThat(poor.budgetExceeded()).isTrue();
    assertThat(parsed.problems()).extracting(Problem::message)
        .contains("reading was given up after all that may be read: what follows in the walk is missing");
  }

  @Test
  void aProcessWithoutAJvmHasNoTables() {
    FakeMemory memory = new FakeMemory().map(Mappings.file(0x1000, 0x1000, "r-xp", "/usr/bin/sleep"));
    Parsed<JvmLayout> parsed = HotspotTables.read(memory, memory.smaps(), Path.of("/proc/none"), HotspotLimits.DEFAULT);
    assertThat(parsed.value().regions()).isEmpty();
    assertThat(parsed.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).isEqualTo("no mapped file exports gHotSpotVMStructs"));
  }
}
