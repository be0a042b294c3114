package io.tare.capture.memory.allocators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A segment of mimalloc 2, written by hand. */
class MimallocTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));
  private static final long SEGMENT = 0x7000_0000_0000L;
  private static final int HEADS_AT = 264;
  private static final int HEAD_BYTES = 96;
  private static final int SLICE = 64 << 10;

  private final WrittenMemory memory = new WrittenMemory();
  private int slice;

  private void span(int slices, int capacity, int used, int blockBytes) {
    long head = SEGMENT + HEADS_AT + (long) slice * HEAD_BYTES;
    memory.put(head, slices).put(head + 8, (long) capacity << 16 | (long) capacity << 32);
    memory.putInt(head + 24, used).putInt(head + 28, blockBytes);
    slice += slices;
  }

  private MallocReading walk() {
    Mapping library = Mappings.file(0x7f10_0000_0000L, 4096, "rw-p", "/usr/lib/libmimalloc.so.2");
    return ForeignAllocators
        .walk(memory, new Smaps(List.of(Mappings.anonymous(SEGMENT, 32 << 20), library)), PLENTY, false).value();
  }

  @Test
  void eachSpansBlocksInUseAreCountedAndTheRestIsFree() {
    memory.fill(AddressRange.ofSize(SEGMENT, 4L * SLICE));
    span(1, 0, 0, 0);
    span(1, 512, 100, 128);
    span(8, 1, 1, 300_000);
    span(502, 0, 0, 0);
    MallocReading reading = walk();
    assertThat(reading.walked()).contains("mimalloc");
    assertThat(reading.tables()).containsExactly(AddressRange.ofSize(SEGMENT, SLICE));
    long whole = 511L * SLICE;
    long used = 100 * 128 + 300_000;
    // Two slices of the large block are resident, none of what comes behind.
    assertThat(reading.arenas()).containsExactly(new Arena(SEGMENT + SLICE, false, whole, used, whole - used,
        SLICE - 100 * 128, true, List.of(AddressRange.ofSize(SEGMENT + SLICE, whole))));
  }

  @Test
  void spansThatDoNotEndWithTheSegmentAreNone() {
    memory.fill(AddressRange.ofSize(SEGMENT, SLICE));
    span(1, 0, 0, 0);
    span(510, 512, 100, 128);
    assertThat(walk().walked()).isEmpty();
  }

  @Test
  void moreBlocksInUseThanASpanHoldsRefuteTheLayout() {
    memory.fill(AddressRange.ofSize(SEGMENT, SLICE));
    span(1, 0, 0, 0);
    span(511, 512, 513, 128);
    assertThat(walk().walked()).isEmpty();
  }
}
