package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.ProcessMemory.ReadBudget;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.capture.memory.glibc.LibraryData.MallocParameters;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** malloc of a 32-bit process, whose words have four bytes. */
@Timeout(60)
class NarrowArenaTest {
  private static final ReadBudget PLENTY = new ReadBudget(1L << 32, Duration.ofMinutes(1));

  private static List<Arena> arenas(ArenaBuilder builder) {
    Parsed<MallocReading> malloc = GlibcMalloc.walk(builder.memory, builder.mapped(), PLENTY);
    return malloc.value().arenas();
  }

  @Test
  void aSoundArenaIsCountedToTheByte() {
    ArenaBuilder builder = ArenaBuilder.ofNarrowWords().used(4096).free(32768).used(16).free(48).used(160).top();
    assertThat(arenas(builder)).singleElement().satisfies(arena -> {
      assertThat(arena.complete()).isTrue();
      assertThat(arena.inUseBytes()).isEqualTo(4096 + 16 + 160);
      assertThat(arena.freeBytes()).isEqualTo(32768 + 48 + builder.end() - builder.next());
    });
  }

  @Test
  void aFastBinHoldsChunksOfEverySecondSize() {
    ArenaBuilder builder = ArenaBuilder.ofNarrowWords().used(32);
    long first = builder.next();
    builder.used(32);
    long second = builder.next();
    builder.used(32).top();
    builder.put(builder.fastBin(2), first).put(first + 8, ((first + 8) >>> 12) ^ second)
        .put(second + 8, (second + 8) >>> 12);
    assertThat(arenas(builder)).singleElement().matches(arena -> arena.inUseBytes() == 32);
    builder.put(builder.fastBin(2), 0).put(builder.fastBin(1), first);
    assertThat(arenas(builder)).as("that bin's chunks would have 24 bytes").singleElement()
        .matches(arena -> arena.inUseBytes() == 96);
  }

  @Test
  void aThreadsCacheIsToldBySizeAndLists() {
    ArenaBuilder builder = ArenaBuilder.ofNarrowWords().used(48);
    long cached = builder.next() - 48;
    long cache = builder.next() + 8;
    builder.used(400).top();
    // The list of chunks of 48 bytes is the third; its length stands among 64 lengths of two bytes.
    builder.memory.putInt(cache + 4, 1).putInt(cache + 128 + 2 * 4, (int) (cached + 8));
    assertThat(arenas(builder)).singleElement().matches(arena -> arena.inUseBytes() == 400);
  }

  @Test
  void aMappedChunksHeadStandsEightBytesIntoItsPage() {
    AddressRange chunk = AddressRange.ofSize(0xf600_0000L, 0x4_1000);
    WrittenMemory memory = new WrittenMemory().fill(chunk).putInt(chunk.start() + 8, 8)
        .putInt(chunk.start() + 12, 0x4_0ff8 | 2);
    WalkDeadline later = new WalkDeadline(memory, PLENTY);
    assertThat(new MappedChunks(memory, WordWidth.FOUR, Optional.of(new MallocParameters(1, chunk.bytes(), 0)), later)
        .find(new Smaps(List.of(ArenaBuilder.anonymous(chunk))), List.of())).containsExactly(chunk);
  }

  @Test
  void mallocsCountsStandSideBySide() {
    ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()).putInt(100, 11).putInt(104, 65536)
        .putInt(108, 14).putInt(112, 1).putInt(116, 36_118_528).putInt(120, 50_000_000).putInt(124, 0x5000)
        .putInt(128, 64).putInt(132, 12 + 63 * 16);
    List<LibraryData.Stretch> stretch = List.of(new LibraryData.Stretch(0x1000, data));
    assertThat(MallocParameters.find(stretch, WordWidth.FOUR)).contains(new MallocParameters(11, 36_118_528, 0x5000));
    data.putInt(132, 24 + 63 * 16);
    assertThat(MallocParameters.find(stretch, WordWidth.FOUR)).isEmpty();
  }

  @Test
  void anyMappingBeyondFourGigabytesMakesItsWordsWide() {
    assertThat(WordWidth.of(ArenaBuilder.ofNarrowWords().mapped())).isEqualTo(WordWidth.FOUR);
    assertThat(WordWidth.of(new ArenaBuilder().mapped())).isEqualTo(WordWidth.EIGHT);
    assertThat(WordWidth.of(new Smaps(List.of()))).isEqualTo(WordWidth.EIGHT);
    AddressRange last = new AddressRange(0xffff_f000L, 0x1_0000_0000L);
    assertThat(WordWidth.of(new Smaps(List.of(ArenaBuilder.anonymous(last))))).isEqualTo(WordWidth.FOUR);
  }

  @Test
  void randomBytesNeverEndTheWalkBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      ArenaBuilder builder = ArenaBuilder.ofNarrowWords();
      long first = builder.next();
      while (builder.next() < first + 60_000) {
        long size = 16 + 16L * random.nextInt(100);
        builder = random.nextBoolean() ? builder.used(size) : builder.used(size).free(size);
      }
      builder.used(32).top();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        builder.put(first + 4L * random.nextInt(15_000),
            random.nextBoolean() ? random.nextInt() : random.nextInt(5000));
      }
      for (Arena arena : arenas(builder)) {
        assertThat(arena.inUseBytes()).isBetween(0L, arena.systemBytes());
        assertThat(arena.freeBytes()).isBetween(0L, arena.systemBytes());
        assertThat(arena.freeResidentBytes()).isBetween(0L, arena.freeBytes());
      }
    }
  }
}
