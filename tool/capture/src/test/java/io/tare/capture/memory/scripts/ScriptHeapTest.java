package io.tare.capture.memory.scripts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;
import io.tare.formats.Parsed;
import io.tare.model.alloc.RuntimeFacts;
import io.tare.model.capture.RuntimeKind;
import org.junit.jupiter.api.Test;

/** Heaps written word by word, and what is told of them when a word does not fit. */
class ScriptHeapTest {
  private static final long CHUNK = 2 << 20;
  private static final long MAIN = 0x7f0000000000L;
  private static final long SECOND = MAIN + CHUNK;
  private static final long HEAP = MAIN + 64;
  /** The word of the heap that names its main chunk. */
  private static final int SELF = 39;
  private static final long PAGE = 0x7f1000010000L;
  private static final long DESCRIPTION = 0x560000000100L;
  private static final long CARRIER = 0x7f2000000000L;
  private static final long ALLOCATOR = 0x560000002000L;

  @Test
  void ofPhpThatCountsTwoChunksWhatItHasInUseIsTold() {
    RuntimeFacts heap = facts(RuntimeKind.PHP, php(2, 2 * CHUNK));
    assertThat(heap.facts()).containsEntry("chunks.used", "100000").containsEntry("chunks.committed", "" + 2 * CHUNK)
        .containsEntry("chunks.heads.resident", "8192")
        .containsEntry("chunks.idle.resident", "" + (2 * CHUNK - 8192 - 100_000));
    assertThat(heap.ranges()).extracting(range -> range.range().start()).contains(MAIN, SECOND);
  }

  @Test
  void ofPhpWithTwoWordsMoreBehindItsRealSizeTheSameIsTold() {
    FakeMemory memory = php(2, 1).u64(HEAP + 8 * (SELF - 7), 2 * CHUNK);
    assertThat(facts(RuntimeKind.PHP, memory).facts()).containsEntry("chunks.used", "100000");
    assertNothing(RuntimeKind.PHP, php(2, 1).u64(HEAP + 8 * (SELF - 7), 3 * CHUNK));
  }

  @Test
  void ofPhpWhoseCountsAndChunksDifferNothingIsBelieved() {
    assertNothing(RuntimeKind.PHP, php(3, 2 * CHUNK));
    assertNothing(RuntimeKind.PHP, php(2, 3 * CHUNK));
  }

  @Test
  void ofPhpWhoseRingIsBrokenNothingIsBelieved() {
    assertNothing(RuntimeKind.PHP, php(2, 2 * CHUNK).u64(SECOND + 16, SECOND));
  }

  @Test
  void aHugeBlockOfPhpThatNobodyMappedIsNotBelieved() {
    long list = MAIN + 8192;
    long bytes = 1L << 46;
    assertNothing(RuntimeKind.PHP,
        php(2, 2 * CHUNK + bytes).u64(HEAP + 8 * (SELF - 1), list).u64(list, MAIN + 8 * CHUNK)
            .u64(list + 8, bytes));
    long mapped = MAIN + 16 * CHUNK;
    FakeMemory memory = php(2, 2 * CHUNK + CHUNK).u64(HEAP + 8 * (SELF - 1), list).u64(list, mapped)
        .u64(list + 8, CHUNK).u64(HEAP + 16, 100_000 + CHUNK);
    assertThat(facts(RuntimeKind.PHP, memory.map(Mappings.anonymous(mapped, CHUNK)).zeros(mapped, CHUNK)).facts())
        .containsEntry("huge blocks.used", "" + CHUNK).containsEntry("chunks.used", "100000");
  }

  @Test
  void ofRubySlotsThatBeginWithZeroAreFree() {
    RuntimeFacts heap = facts(RuntimeKind.RUBY, ruby(100, PAGE + 16));
    assertThat(heap.facts()).containsEntry("slots of 160 B.used", "" + 100 * 160)
        .containsEntry("slots of 160 B.committed", "65536").containsEntry("slots of 160 B.heads.resident", "16")
        .containsEntry("slots of 160 B.idle.resident", "" + (65536 - 16 - 16000));
  }

  @Test
  void aPageWhoseSlotsWouldEndBehindItIsNoneOfRubys() {
    assertNothing(RuntimeKind.RUBY, ruby(100, PAGE + 400));
    assertNothing(RuntimeKind.RUBY, ruby(100, PAGE + 20));
  }

  @Test
  void ofErlangABlocksFlagTellsWhetherItIsInUse() {
    RuntimeFacts heap = facts(RuntimeKind.BEAM, erlang().u64(ALLOCATOR + 80, CARRIER));
    assertThat(heap.facts()).containsEntry("carriers of blocks.used", "4096")
        .containsEntry("carriers of blocks.committed", "65536")
        .containsEntry("carriers of blocks.heads.resident", "440")
        .containsEntry("carriers of blocks.idle.resident", "" + (65536 - 440 - 4096));
  }

  @Test
  void aCarrierThatItsAllocatorDoesNotNameWasGivenBack() {
    assertNothing(RuntimeKind.BEAM, erlang());
    assertThat(facts(RuntimeKind.BEAM, erlang().u64(CARRIER + 24, ALLOCATOR | 1)).facts())
        .containsEntry("carriers of blocks.used", "4096");
  }

  @Test
  void ofACarrierWhoseBlocksEndElsewhereItIsNotKnownWhatIsInUse() {
    FakeMemory memory = erlang().u64(ALLOCATOR + 80, CARRIER).u64(CARRIER + 440 + 4096, 65536 - 440 - 4096 - 8 | 5);
    Parsed<RuntimeFacts> heap = ScriptHeap.read(RuntimeKind.BEAM, memory, memory.smaps());
    assertThat(heap.value().ranges()).singleElement()
        .satisfies(range -> assertThat(range.name()).isEqualTo("carriers not understood"));
    assertThat(heap.value().facts()).doesNotContainKey("carriers not understood.used");
    assertThat(heap.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).contains("does not end with it"));
  }

  private static RuntimeFacts facts(RuntimeKind kind, FakeMemory memory) {
    Parsed<RuntimeFacts> heap = ScriptHeap.read(kind, memory, memory.smaps());
    assertThat(heap.problems()).isEmpty();
    return heap.value();
  }

  private static void assertNothing(RuntimeKind kind, FakeMemory memory) {
    Parsed<RuntimeFacts> heap = ScriptHeap.read(kind, memory, memory.smaps());
    assertThat(heap.value().ranges()).isEmpty();
    assertThat(heap.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).startsWith("no heap of "));
  }

  private static FakeMemory mapped(long address, long bytes) {
    return new FakeMemory().map(Mappings.anonymous(address, bytes)).zeros(address, bytes);
  }

  private static FakeMemory php(int count, long real) {
    FakeMemory memory = mapped(MAIN, 2 * CHUNK);
    memory.u64(MAIN, HEAP).u64(MAIN + 8, SECOND).u64(MAIN + 16, SECOND);
    memory.u64(SECOND, HEAP).u64(SECOND + 8, MAIN).u64(SECOND + 16, MAIN);
    return memory.u64(HEAP + 16, 100_000).u64(HEAP + 8 * SELF, MAIN).u64(HEAP + 8 * (SELF - 5), real)
        .u32(HEAP + 8 * (SELF + 2), count);
  }

  private static FakeMemory ruby(int used, long start) {
    FakeMemory memory = mapped(PAGE, 64 << 10).u64(PAGE, DESCRIPTION);
    memory.u16(DESCRIPTION, 160).u16(DESCRIPTION + 2, 409).u16(DESCRIPTION + 4, 409 - used).u64(DESCRIPTION + 32,
        start);
    for (int slot = 0; slot < used; slot++) {
      memory.u64(PAGE + 16 + 160L * (3 * slot + 2), 5);
    }
    return memory;
  }

  /** A carrier of a head, a block in use and a free one. */
  private static FakeMemory erlang() {
    return mapped(CARRIER, 64 << 10).zeros(ALLOCATOR, 8192)
        .u64(CARRIER, 65536 | 1).u64(CARRIER + 24, ALLOCATOR).u64(CARRIER + 440, 4096 | 0x50000000000L)
        .u64(CARRIER + 440 + 4096, 65536 - 440 - 4096 | 5);
  }
}
