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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An arena of mimalloc 3, written by hand: 64 slices, of which two are its own. */
@Timeout(60)
class Mimalloc3Test {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));
  private static final long SLICE = 64 << 10;
  private static final long BASE = 0x7000_0000_0000L;
  private static final int SLICES = 64;
  private static final int OWN = 2;
  private static final long TABLE = BASE + 0x4000;

  private final WrittenMemory memory = new WrittenMemory();
  private final List<Mapping> mappings = new ArrayList<>(List.of(Mappings.anonymous(BASE, SLICES * SLICE),
      Mappings.file(0x7f10_0000_0000L, 4096, "rw-p", "/usr/lib/libmimalloc.so.3")));

  Mimalloc3Test() {
    memory.fill(AddressRange.ofSize(BASE, OWN * SLICE));
    memory.put(BASE, BASE).put(BASE + 8, SLICES * SLICE).put(BASE + 32, SLICES).put(BASE + 40, OWN);
  }

  private static long slice(int index) {
    return BASE + index * SLICE;
  }

  private void head(long at, int index, int slices, int used, int blockBytes, int most) {
    memory.put(at + 16, (long) most << 32 | (long) most << 16 | used).put(at + 40, blockBytes);
    memory.put(at + 96, BASE).put(at + 104, (long) slices << 32 | index).put(at + 112, 0x101_0000_0000_07L);
  }

  /** The head of a page in its first slice, which is resident. */
  private void page(int index, int slices, int used, int blockBytes, int most) {
    memory.fill(AddressRange.ofSize(slice(index), SLICE));
    head(slice(index), index, slices, used, blockBytes, most);
  }

  private MallocReading walk() {
    return ForeignAllocators.walk(memory, new Smaps(mappings), PLENTY, false).value();
  }

  private static long used(MallocReading reading) {
    return reading.arenas().stream().mapToLong(Arena::inUseBytes).sum();
  }

  private static long idle(MallocReading reading) {
    return reading.arenas().stream().mapToLong(Arena::freeResidentBytes).sum();
  }

  @Test
  void eachPagesBlocksInUseAreCountedAndWhatElseIsResidentIsFree() {
    page(2, 1, 100, 320, 200);
    page(3, 8, 5, 10_000, 50);
    memory.fill(AddressRange.ofSize(slice(20), 8192));
    MallocReading reading = walk();
    assertThat(reading.walked()).contains("mimalloc");
    assertThat(reading.tables()).containsExactly(AddressRange.ofSize(BASE, OWN * SLICE));
    assertThat(used(reading)).isEqualTo(100 * 320 + 5 * 10_000);
    assertThat(idle(reading)).isEqualTo(SLICE - 32_000 + SLICE - 50_000 + 8192);
  }

  @Test
  void headsInATableAreReadThere() {
    memory.put(BASE + 136, TABLE);
    memory.fill(AddressRange.ofSize(slice(5), SLICE));
    head(TABLE + 5 * 120, 5, 1, 7, 4096, 16);
    assertThat(used(walk())).isEqualTo(7 * 4096);
  }

  @Test
  void since36HeadsOfLargePagesStandBeforeTheirGroupOfSlicesAndHaveFieldsElsewhere() {
    memory.fill(AddressRange.ofSize(slice(5), SLICE));
    long at = BASE + 5 * 128;
    memory.put(at + 32, 4096).put(at + 40, 7).put(at + 56, 16L << 16 | 16).put(at + 104, BASE)
        .put(at + 112, 1L << 32 | 5);
    assertThat(used(walk())).isEqualTo(7 * 4096);
  }

  @Test
  void aHeadThatStandsForAnotherSliceIsNone() {
    page(2, 1, 100, 320, 200);
    memory.fill(AddressRange.ofSize(slice(9), SLICE));
    head(slice(9), 8, 1, 100, 320, 200);
    assertThat(used(walk())).isEqualTo(100 * 320);
  }

  @Test
  void whatAFreedPageLeftDoesNotHideAPageInIt() {
    page(2, 8, 0, 10_000, 50);
    page(4, 1, 100, 320, 200);
    assertThat(used(walk())).isEqualTo(100 * 320);
  }

  @Test
  void moreBlocksThanAPageHasRoomForAreNone() {
    page(2, 1, 100, 320, 200);
    page(3, 1, 100, 320, 300);
    page(4, 1, 201, 320, 200);
    assertThat(used(walk())).isEqualTo(100 * 320);
  }

  @Test
  void aBlockThatIsTooLargeForAnArenaHasMemoryOfItsOwn() {
    page(2, 1, 100, 320, 200);
    long alone = 0x7100_0000_0000L;
    long bytes = 100 * SLICE;
    mappings.add(Mappings.anonymous(alone, bytes));
    memory.fill(AddressRange.ofSize(alone, SLICE));
    memory.put(alone + 16, 1L << 32 | 1 << 16 | 1).put(alone + 40, bytes - 4096).put(alone + 96, alone)
        .put(alone + 104, bytes).put(alone + 112, 3);
    assertThat(used(walk())).isEqualTo(100 * 320 + bytes - 4096);
  }

  @Test
  void withoutAHeadThatProvesItselfNothingIsBelieved() {
    assertThat(walk().walked()).isEmpty();
    memory.put(BASE + 40, SLICES);
    page(2, 1, 100, 320, 200);
    assertThat(walk().walked()).isEmpty();
  }

  @Test
  void ofASliceTheFirstWordsAreReadOnceWhateverTheLayout() {
    page(2, 1, 100, 320, 200);
    walk();
    long before = memory.bytesRead();
    walk();
    long few = memory.bytesRead() - before;
    memory.fill(AddressRange.ofSize(slice(20), 40 * SLICE));
    walk();
    assertThat(memory.bytesRead() - before - 2 * few).isEqualTo(40 * 136);
  }

  @Test
  void ofNeighboursEachCountsItsOwnResidentPages() {
    page(2, 2, 1, 4096, 2);
    page(4, 1, 15, 4096, 15);
    memory.fill(AddressRange.ofSize(slice(3), SLICE));
    memory.fill(AddressRange.ofSize(slice(5), 4096)).fill(AddressRange.ofSize(slice(5) + 8192, 4096));
    memory.fill(AddressRange.ofSize(slice(6), 4096));
    assertThat(idle(walk())).isEqualTo(2 * SLICE - 4096 + SLICE - 15 * 4096 + 3 * 4096);
  }

  @Test
  void wordsByChanceNeverEndItBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int index = 2; index < 20; index++) {
      page(index, 1, 100, 320, 200);
    }
    for (int round = 0; round < 300; round++) {
      long at = slice(random.nextInt(20)) + 8L * random.nextInt(18);
      memory.put(at, random.nextBoolean() ? random.nextLong() : BASE + random.nextInt());
      for (Arena arena : walk().arenas()) {
        assertThat(arena.inUseBytes()).isBetween(0L, arena.systemBytes());
        assertThat(arena.freeResidentBytes()).isBetween(0L, arena.systemBytes());
      }
    }
  }
}
