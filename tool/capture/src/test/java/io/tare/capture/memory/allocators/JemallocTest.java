package io.tare.capture.memory.allocators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.Mappings;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** jemalloc's tree and extents, written by hand. */
class JemallocTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));
  private static final long ROOT = 0x7f10_0000_0100L;
  private static final long LEAF = 0x7e00_0040_0000L;
  private static final long BASE = 0x7d00_0020_0000L;
  private static final long HEAP = 0x7f00_4000_0000L;
  private static final int SLAB_OF_64 = 4;
  private static final int LARGE_OF_20480 = 37;

  private final WrittenMemory memory = new WrittenMemory();
  private long nextExtent = BASE + 4096;
  private long nextAddress = HEAP;

  JemallocTest() {
    memory.put(ROOT + 8 * (HEAP >>> 30), LEAF);
    memory.put(BASE, 2 << 20).put(BASE + 24, BASE + 4096);
  }

  /** An extent with its bits as 5.3 writes them, at the next addresses; the tree gives it this class of size. */
  private void extent(long bytes, long state, boolean slab, int sizeClass, long freeRegions, int classInTree) {
    memory.put(nextExtent, (slab ? 1L << 12 : 0) | state << 17 | (long) sizeClass << 20 | freeRegions << 28)
        .put(nextExtent + 8, nextAddress).put(nextExtent + 16, bytes | 7);
    memory.put(LEAF + (nextAddress >>> 12 & (1 << 18) - 1) * 8, nextExtent | (slab ? 1 : 0) | (long) classInTree << 48);
    memory.fill(AddressRange.ofSize(nextAddress, bytes));
    nextExtent += 128;
    nextAddress += bytes;
  }

  private void extent(long bytes, long state, boolean slab, int sizeClass, long freeRegions) {
    extent(bytes, state, slab, sizeClass, freeRegions, sizeClass);
  }

  private MallocReading walk() {
    return read().value();
  }

  private Parsed<MallocReading> read() {
    Mapping library = Mappings.file(ROOT & -4096, 4 << 20, "rw-p", "/usr/lib/libjemalloc.so.2");
    return ForeignAllocators.walk(memory, new Smaps(List.of(Mappings.anonymous(BASE, 2 << 20),
        Mappings.anonymous(LEAF, 2 << 20), Mappings.anonymous(HEAP, 1 << 20), library)), PLENTY, false);
  }

  @Test
  void blocksInUseAreSlabsLessTheirFreeRegionsAndLargeBlocksWithoutTheirSparePage() {
    extent(4096, 0, true, SLAB_OF_64, 14);
    extent(4096, 0, true, SLAB_OF_64, 64);
    extent(20480 + 4096, 0, false, LARGE_OF_20480, 0);
    extent(8192, 1, false, 232, 0);
    extent(16384, 3, false, 232, 0);
    MallocReading reading = walk();
    assertThat(reading.walked()).contains("jemalloc");
    assertThat(reading.tables()).containsExactly(AddressRange.ofSize(BASE, 2 << 20));
    long used = 50 * 64 + 20480;
    long whole = 4096 + 4096 + 24576 + 8192 + 16384;
    assertThat(reading.arenas()).containsExactly(new Arena(HEAP, false, whole, used, whole - used, whole - used, true,
        List.of(AddressRange.ofSize(HEAP, whole))));
  }

  @Test
  void whereBlocksNeedNotFillTheirClassTheyHaveTheirPages() {
    extent(20480 + 4096, 0, false, LARGE_OF_20480, 0);
    extent(20480, 0, false, LARGE_OF_20480, 0);
    extent(4096, 0, true, SLAB_OF_64, 0);
    extent(4096, 0, true, SLAB_OF_64, 0);
    assertThat(walk().arenas()).singleElement().extracting(Arena::inUseBytes).isEqualTo(20480L + 16384 + 8192);
  }

  @Test
  void whereTreeAndExtentsDifferNothingIsSaid() {
    for (int i = 0; i < 20; i++) {
      extent(4096, 0, true, SLAB_OF_64, 0, i == 0 ? SLAB_OF_64 + 1 : SLAB_OF_64);
    }
    Parsed<MallocReading> read = read();
    assertThat(read.value().walked()).isEmpty();
    assertThat(read.value().arenas()).isEmpty();
    assertThat(read.problems()).singleElement().satisfies(
        problem -> assertThat(problem.message()).isEqualTo("jemalloc's structures were not found: "
            + "what of its memory is in use is not known"));
  }

  @Test
  void moreFreeRegionsThanThereAreRefuteTheLayout() {
    for (int i = 0; i < 4; i++) {
      extent(4096, 0, true, SLAB_OF_64, 65);
    }
    assertThat(walk().walked()).isEmpty();
  }

  @Test
  void randomBytesInsteadOfExtentsEndWithoutAWord() {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      extent(4096, 0, true, SLAB_OF_64, 0);
      for (int word = 0; word < 3; word++) {
        memory.put(nextExtent - 128 + word * 8, random.nextLong());
      }
    }
    assertThat(walk().walked()).isEmpty();
  }
}
