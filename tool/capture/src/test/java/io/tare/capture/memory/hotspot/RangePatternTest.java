package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.hotspot.HotspotTables.HotspotLimits;
import io.tare.capture.memory.hotspot.JvmLibrary.JvmSymbols;
import io.tare.capture.memory.hotspot.ReservationScan.Owned;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RangePatternTest {
  private static final long HEAP = 0x80000000L;
  private static final long HEAP_BYTES = 64 << 20;
  private static final long FREE = 0x7f0000000000L;
  private static final long CARD_BYTES = HEAP_BYTES / 512;
  private static final long MARK_BYTES = HEAP_BYTES / 64;

  private final FakeMemory memory = new FakeMemory().map(Mappings.anonymous(FREE, 16 << 20));
  private final Layout layout = new Layout();

  private List<AddressRange> in(long... words) {
    layout.region(Purpose.HEAP, "Java heap", HEAP, HEAP + HEAP_BYTES);
    Vm vm = new Vm(memory, new MappingIndex(memory.smaps()), new StructTables(Map.of(), Map.of(), Map.of()),
        new JvmSymbols(Map.of()), HotspotLimits.DEFAULT);
    return new RangePattern(vm, layout, new Owned(layout)).in(words);
  }

  @Test
  void anEndBesideAStartMakesARange() {
    assertThat(in(7, FREE, FREE + 8192)).containsExactly(new AddressRange(FREE, FREE + 8192));
  }

  @Test
  void theEndOfARangeBeginsNone() {
    assertThat(in(FREE, FREE + MARK_BYTES, MARK_BYTES)).containsExactly(AddressRange.ofSize(FREE, MARK_BYTES));
  }

  @Test
  void aSizeInWordsCountsWhenOnlySoItIsLawful() {
    assertThat(in(FREE, 2 * MARK_BYTES / 8)).containsExactly(AddressRange.ofSize(FREE, 2 * MARK_BYTES));
  }

  @Test
  void aSizeThatIsLawfulInBytesIsInBytes() {
    assertThat(in(FREE, CARD_BYTES)).containsExactly(AddressRange.ofSize(FREE, CARD_BYTES));
  }

  @Test
  void anAddressThatIsBiasedByTheHeapIsNoTable() {
    long biased = FREE + (1 << 20);
    assertThat(in(HEAP, CARD_BYTES, biased + HEAP / 512, 0, 0, 0, biased, 1)).doesNotContain(
        AddressRange.ofSize(biased, CARD_BYTES));
  }

  @Test
  void whatSomethingOwnsIsLeftAlone() {
    layout.region(Purpose.CODE, "code", FREE, FREE + 4096);
    assertThat(in(FREE, FREE + 8192)).isEmpty();
  }

  @Test
  void aStackIsNoTable() {
    layout.fact("flag.VMThreadStackSize", 1024);
    assertThat(in(FREE, 1 << 20)).isEmpty();
  }

  @Test
  void aTableAsLargeAsAStackIsStillATable() {
    layout.fact("flag.VMThreadStackSize", 1024);
    assertThat(in(FREE, FREE + (1 << 20))).containsExactly(AddressRange.ofSize(FREE, 1 << 20));
  }

  @Test
  void mallocedMemoryIsNoTable() {
    memory.u64(FREE, FREE + 32).u64(FREE + 16, 132 << 10);
    assertThat(in(FREE + 4096, FREE + 8192)).isEmpty();
  }
}
