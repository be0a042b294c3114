package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Smaps;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HostileArenaTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));

  private static Arena only(ArenaBuilder builder) {
    Parsed<MallocReading> malloc = GlibcMalloc.walk(builder.memory, builder.mapped(), PLENTY);
    assertThat(malloc.value().arenas()).hasSize(1);
    return malloc.value().arenas().getFirst();
  }

  @Test
  void aSoundArenaIsCountedToTheByte() {
    ArenaBuilder builder = new ArenaBuilder().used(4096).free(32768).used(64).free(48).used(160).top();
    Arena arena = only(builder);
    assertThat(arena.complete()).isTrue();
    assertThat(arena.inUseBytes()).isEqualTo(4096 + 64 + 160);
    long top = ArenaBuilder.HEAP + ArenaBuilder.USED_BYTES - builder.next();
    assertThat(arena.freeBytes()).isEqualTo(32768 + 48 + top);
  }

  @Test
  void aTopThatGrewPastTheEndThatWasReadBeforeLeavesTheArenaWhole() {
    ArenaBuilder builder = new ArenaBuilder().used(4096).free(48).used(160).top();
    long room = ArenaBuilder.HEAP + ArenaBuilder.USED_BYTES - builder.next();
    builder.memory.put(builder.next() + 8, (room + 8192) | 1);
    Arena arena = only(builder);
    assertThat(arena.complete()).isTrue();
    assertThat(arena.inUseBytes()).isEqualTo(4096 + 160);
    assertThat(arena.freeBytes()).as("as far as it was known").isEqualTo(48 + room);
  }

  @Test
  void onlyWholePagesBehindTheHeadOfAFreeChunkComeBack() {
    Arena arena = only(new ArenaBuilder().used(ArenaBuilder.HEAP + 8192 - ArenaBuilder.FIRST_CHUNK).free(3 * 4096)
        .used(ArenaBuilder.HEAP + ArenaBuilder.USED_BYTES - ArenaBuilder.HEAP - 8192 - 3 * 4096 - 32).top());
    assertThat(arena.complete()).isTrue();
    assertThat(arena.freeResidentBytes()).isEqualTo(2 * 4096);
  }

  @Test
  void aFastBinsChunksAreFreeThoughTheyLookUsed() {
    ArenaBuilder builder = new ArenaBuilder().used(32);
    long first = builder.next();
    builder.used(32);
    long second = builder.next();
    builder.used(32).top();
    builder.memory.put(builder.fastBin(0), first).put(first + 16, ((first + 16) >>> 12) ^ second).put(second + 16,
        (second + 16) >>> 12);
    assertThat(only(builder).inUseBytes()).isEqualTo(32);
  }

  @Test
  void aFastBinThatBitesItsTailCountsNothing() {
    ArenaBuilder builder = new ArenaBuilder();
    long chunk = builder.next();
    builder.used(32).used(32).top();
    builder.memory.put(builder.fastBin(0), chunk).put(chunk + 16, ((chunk + 16) >>> 12) ^ chunk);
    assertThat(only(builder).inUseBytes()).isEqualTo(64);
  }

  @Test
  void aRingOfArenasThatNeverClosesEnds() {
    ArenaBuilder builder = new ArenaBuilder().used(32).top();
    builder.ring(0x1234_5678L);
    assertThat(only(builder).complete()).isTrue();
  }

  @Test
  void aSizeBeyondTheHeapStopsTheWalkAndTheRestCountsAsUsed() {
    ArenaBuilder builder = new ArenaBuilder().used(4096);
    builder.memory.put(builder.next() + 8, 1L << 50 | 1);
    builder.memory.put(ArenaBuilder.ARENA + 96, ArenaBuilder.HEAP + ArenaBuilder.USED_BYTES - 4096);
    builder.memory.put(ArenaBuilder.HEAP + ArenaBuilder.USED_BYTES - 4096 + 8, 4096 | 1);
    Arena arena = only(builder);
    assertThat(arena.complete()).isFalse();
    assertThat(arena.freeBytes()).isEqualTo(4096);
    assertThat(arena.inUseBytes()).isEqualTo(arena.systemBytes() - 4096);
  }

  @Test
  void aChunkOfNoSizeDoesNotHoldTheWalk() {
    ArenaBuilder builder = new ArenaBuilder().used(4096).used(0).top();
    builder.memory.put(ArenaBuilder.ARENA + 96, builder.next() + 64);
    assertThat(only(builder).complete()).isFalse();
  }

  @Test
  void afterABrokenStretchTheWalkGoesOnWhereChunksAreSound() {
    ArenaBuilder builder = new ArenaBuilder().used(4096);
    long broken = builder.next();
    builder.used(256);
    for (int i = 0; i < 30; i++) {
      builder.used(64);
    }
    builder.free(20480).used(64).top();
    builder.memory.put(broken + 8, 7777);
    Arena arena = only(builder);
    assertThat(arena.complete()).isFalse();
    assertThat(arena.freeBytes()).isGreaterThan(20480);
  }

  @Test
  void randomBytesNeverEndTheWalkBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      ArenaBuilder builder = new ArenaBuilder();
      while (builder.next() < ArenaBuilder.HEAP + 60_000) {
        long size = 32 + 16L * random.nextInt(100);
        builder = random.nextBoolean() ? builder.used(size) : builder.used(size).free(size);
      }
      builder.used(32).top();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        long at = ArenaBuilder.FIRST_CHUNK + 8L * random.nextInt(8000);
        builder.memory.put(at, random.nextBoolean() ? random.nextLong() : random.nextInt(5000));
      }
      for (Arena arena : GlibcMalloc.walk(builder.memory, builder.mapped(), PLENTY).value().arenas()) {
        assertThat(arena.inUseBytes()).isBetween(0L, arena.systemBytes());
        assertThat(arena.freeBytes()).isBetween(0L, arena.systemBytes());
        assertThat(arena.freeResidentBytes()).isBetween(0L, arena.freeBytes());
      }
    }
  }

  @Test
  void aPageThatOnlyLooksLikeAMappedChunkIsNotClaimedWithoutArenas() {
    WrittenMemory memory = new WrittenMemory();
    AddressRange range = AddressRange.ofSize(0x7f10_0000_0000L, 1 << 20);
    memory.fill(range).put(range.start() + 8, (1 << 20) | 2);
    MallocReading reading = GlibcMalloc.walk(memory, new Smaps(List.of(ArenaBuilder.anonymous(range))), PLENTY).value();
    assertThat(reading.mmappedChunks()).isEmpty();
    assertThat(reading.allocator()).isEqualTo(MallocReading.UNKNOWN);
  }
}
