package io.tare.capture.memory.glibc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.glibc.ArenaState.ArenaLayout;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.capture.memory.glibc.LibraryData.MallocParameters;
import io.tare.capture.memory.programs.WrittenMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MappedChunksTest {
  private static final AddressRange REAL = AddressRange.ofSize(0x10_0000, 1052672);
  private static final AddressRange OTHER_REAL = AddressRange.ofSize(0x30_0000, 266240);
  private static final AddressRange FOREIGN = AddressRange.ofSize(0x1_0000, 196608);
  private static final AddressRange FOREIGN_ACROSS = AddressRange.ofSize(0x18_0000, 655360);

  private static final WalkDeadline LATER = new WalkDeadline(new WrittenMemory(), GlibcMallocLiveTest.PLENTY);

  /** Two neighbouring mappings, the first of one page: what advice about huge pages makes of one. */
  private static Smaps cutAfterItsFirstPage(AddressRange whole) {
    long cut = whole.start() + 4096;
    return new Smaps(List.of(ArenaBuilder.anonymous(new AddressRange(whole.start(), cut)),
        ArenaBuilder.anonymous(new AddressRange(cut, whole.end()))));
  }

  private static List<AddressRange> find(WrittenMemory memory, Smaps smaps, MallocParameters parameters) {
    return new MappedChunks(memory, WordWidth.EIGHT, Optional.of(parameters), LATER).find(smaps, List.of());
  }

  @Test
  void aChunkIsFoundWholeWhereItsMappingIsCutInTwo() {
    WrittenMemory memory = new WrittenMemory().fill(OTHER_REAL).put(OTHER_REAL.start(), 0).put(OTHER_REAL.start() + 8,
        OTHER_REAL.bytes() | 2);
    assertThat(find(memory, cutAfterItsFirstPage(OTHER_REAL), new MallocParameters(1, OTHER_REAL.bytes(), 0)))
        .containsExactly(OTHER_REAL);
  }

  @Test
  void since243TheSizeLeavesOutTheHeadAndThePreviousWordTellsOfHugePages() {
    AddressRange whole = AddressRange.ofSize(0x20_0000, 3 * 0x4_1000);
    long second = whole.start() + 0x4_1000;
    long third = second + 0x4_1000;
    WrittenMemory memory = new WrittenMemory().fill(whole).put(whole.start() + 8, 0x4_1000 - 16 | 2)
        .put(second, 1).put(second + 8, 0x4_1000 - 16 | 2)
        // An aligned block: its head stands 16 bytes before the second page.
        .put(third + 4096 - 16, 4096 - 16).put(third + 4096 - 8, 0x4_0000 | 2);
    assertThat(find(memory, new Smaps(List.of(ArenaBuilder.anonymous(whole))),
        new MallocParameters(3, whole.bytes(), 0)))
        .containsExactly(new AddressRange(whole.start(), second), new AddressRange(second, third),
            new AddressRange(third, whole.end()));
  }

  @Test
  void chunksBehindForeignPagesAreFoundWithoutLookingIntoThem() {
    AddressRange whole = AddressRange.ofSize(0x20_0000, 0x20_0000);
    long chunk = whole.start() + 0x1_0000;
    long inside = chunk + 0x2000;
    WrittenMemory memory = new WrittenMemory().fill(whole).put(chunk + 8, 0x9_1000 | 2).put(inside + 8, 0x1000 | 2);
    assertThat(find(memory, new Smaps(List.of(ArenaBuilder.anonymous(whole))), new MallocParameters(1, 0x9_1000, 0)))
        .containsExactly(AddressRange.ofSize(chunk, 0x9_1000));
    assertThat(new MappedChunkSearch(memory, WordWidth.EIGHT, LATER).everywhereIn(whole))
        .containsExactly(AddressRange.ofSize(chunk, 0x9_1000));
  }

  /** A runtime's heap is many times the rest: it is read only when a chunk is missing that is nowhere else. */
  @Test
  void onceNoneIsMissingTheRestIsNotRead() {
    AddressRange heap = AddressRange.ofSize(0x100_0000, 0x80_0000);
    AddressRange small = AddressRange.ofSize(0x1000_0000, 0x20_0000);
    long chunk = small.start() + 0x1_0000;
    WrittenMemory memory = new WrittenMemory().fill(heap).fill(small).put(chunk + 8, 0x9_1000 | 2);
    Smaps smaps = new Smaps(List.of(ArenaBuilder.anonymous(heap), ArenaBuilder.anonymous(small)));
    assertThat(find(memory, smaps, new MallocParameters(1, 0x9_1000, 0)))
        .containsExactly(AddressRange.ofSize(chunk, 0x9_1000));
    assertThat(memory.bytesRead()).isLessThanOrEqualTo(small.bytes() + 4096);
    memory.put(heap.start() + 0x1_0008, 0x5_3000 | 2);
    assertThat(find(memory, smaps, new MallocParameters(2, 0x9_1000 + 0x5_3000, 0)))
        .containsExactly(AddressRange.ofSize(heap.start() + 0x1_0000, 0x5_3000), AddressRange.ofSize(chunk, 0x9_1000));
    assertThat(memory.bytesRead()).isGreaterThan(heap.bytes());
  }

  @Test
  void mallocsCountsAreFoundByTheCacheSizesOfEveryVersion() {
    assertThat(parameters(64, 24 + 63 * 16)).contains(new MallocParameters(11, 36_118_528, 0x5000));
    assertThat(parameters(64, 32 + 63 * 16 + 1)).contains(new MallocParameters(11, 36_118_528, 0x5000));
    assertThat(parameters(64, 32 + 63 * 16)).isEmpty();
    assertThat(parameters(65, 24 + 64 * 16)).isEmpty();
  }

  /** {@code hp_flags, n_mmaps, n_mmaps_max, max_n_mmaps, no_dyn_threshold}, four bytes left over, five words. */
  private static Optional<MallocParameters> parameters(long bins, long mostCached) {
    ByteBuffer data = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder()).putInt(132, 11).putInt(136, 65536)
        .putInt(140, 14).putInt(144, 1).putLong(152, 36_118_528).putLong(160, 50_000_000).putLong(168, 0x5000)
        .putLong(176, bins).putLong(184, mostCached);
    return MallocParameters.find(List.of(new LibraryData.Stretch(0x1000, data)), WordWidth.EIGHT);
  }

  @Test
  void anArenaWithoutFastbinsHasNoShadowBeforeIt() {
    ArenaLayout layout = ArenaLayout.known(WordWidth.EIGHT).getLast();
    long arena = 0x7f00_0000_0ac0L;
    WrittenMemory memory = new WrittenMemory().fill(AddressRange.ofSize(arena - 4096, 12288)).put(arena + layout.top(),
        0x6000_0000L);
    for (int bin = 0; bin < ArenaLayout.BINS; bin++) {
      long at = arena + layout.bins() + bin * 16;
      memory.put(at, at - 16).put(at + 8, at - 16);
    }
    memory.put(arena + layout.next(), arena).put(arena + layout.systemBytes(), 4096).put(
        arena + layout.mostSystemBytes(),
        4096);
    long shadow = arena - 88;
    assertThat(ArenaState.read(memory, shadow, WordWidth.EIGHT)).isPresent();
    assertThat(new ArenaSearch(memory, new Smaps(List.of()), WordWidth.EIGHT).rings(List.of(shadow)).keySet())
        .containsExactly(arena);
  }

  @Test
  void theChoiceHasTheCountAndTheBytesThatMallocKnows() {
    List<AddressRange> candidates = List.of(FOREIGN, FOREIGN_ACROSS, REAL, OTHER_REAL);
    assertThat(ChunkChoice.choose(candidates, 2, REAL.bytes() + OTHER_REAL.bytes())).containsExactlyInAnyOrder(REAL,
        OTHER_REAL);
    assertThat(ChunkChoice.choose(candidates, 1, FOREIGN.bytes())).containsExactly(FOREIGN);
  }

  @Test
  void withoutAFittingChoiceTheSuspiciousOnesAreLeftOut() {
    assertThat(ChunkChoice.choose(List.of(FOREIGN, REAL), 2, 12345)).containsExactly(REAL);
  }

  @Test
  void ofAProcessThatGrowsWhileItIsReadEveryChunkCounts() {
    List<AddressRange> chunks = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      chunks.add(AddressRange.ofSize(0x1000_0000L + i * REAL.bytes(), REAL.bytes()));
    }
    long twoMore = chunks.size() + 2;
    assertThat(ChunkChoice.choose(chunks, twoMore, twoMore * REAL.bytes())).containsExactlyElementsOf(chunks);
  }

  @Test
  void chunksThatOverlapAreNeverChosenTogether() {
    assertThat(ChunkChoice.choose(List.of(REAL, FOREIGN_ACROSS), 2, REAL.bytes() + FOREIGN_ACROSS.bytes()))
        .containsExactly(REAL);
  }

  @Test
  @Timeout(20)
  void manyCandidatesDoNotHoldTheChoice() {
    List<AddressRange> candidates = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      candidates.add(AddressRange.ofSize(i * 0x10_0000L, 4096L * (33 + i % 37)));
    }
    assertThat(ChunkChoice.choose(candidates, 50, 3)).hasSize(50);
  }
}
