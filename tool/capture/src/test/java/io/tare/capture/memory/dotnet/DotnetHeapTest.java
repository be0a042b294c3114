package io.tare.capture.memory.dotnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;
import io.tare.formats.Parsed;
import io.tare.model.AddressRange;
import io.tare.model.Problem;
import io.tare.model.alloc.RuntimeFacts;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Heaps written word by word, and what is told of them when a word does not fit. */
class DotnetHeapTest {
  private static final long PAGE = 4096;
  /** The library's variables: the list of them, then what it points to. */
  private static final long DATA = 0x7f0000000000L;
  private static final long LIST = DATA + 0x100;
  private static final long TABLE = DATA + 0x2000;
  private static final long LARGE_LISTS = DATA + 0x4000;
  private static final long FREE_REGIONS = DATA + 0x6000;
  private static final long SEGMENTS = 0x7e0000000000L;
  private static final long HEAP = 0x7d0000000000L;
  /** What a region reserves, and what of it has memory. */
  private static final long REGION = 0x10000;
  private static final long TAKEN = 0x8000;
  private static final long OBJECTS = 0x28;

  private static long region(int number) {
    return HEAP + number * REGION;
  }

  private static long described(int number) {
    return SEGMENTS + 0x100L * number;
  }

  private static FakeMemory library() {
    return new FakeMemory()
        .map(Mappings.file(DATA, 0x8000, "rw-p", "/usr/lib/dotnet/shared/Microsoft.NETCore.App/8.0.34/libcoreclr.so"))
        .zeros(DATA, 0x8000).map(Mappings.anonymous(SEGMENTS, 0x8000)).zeros(SEGMENTS, 0x8000)
        .map(Mappings.anonymous(HEAP, 16 * REGION));
  }

  /** @param first of its pointers: how many words stand before */
  private static void list(FakeMemory memory, int first, long version, long generationBytes) {
    long pointers = LIST + 8L * first;
    memory.u64(LIST, version).u64(LIST + 8, generationBytes).u64(DATA + 0x900, LIST);
    memory.u64(pointers, DATA + 0x1000).u64(pointers + 8, DATA + 0x1008).u64(pointers + 8 * 4, DATA + 0x1010)
        .u64(pointers + 8 * 21, DATA + 0x1030).u32(DATA + 0x1010, 2);
  }

  private static void segment(FakeMemory memory, int number, long allocated, int next) {
    segment(memory, number, allocated, next < 0 ? 0 : described(next), 0);
  }

  private static void segment(FakeMemory memory, int number, long allocated, long next, long heap) {
    long start = region(number);
    memory.zeros(start, TAKEN).u64(described(number), start + OBJECTS + allocated)
        .u64(described(number) + 8, start + TAKEN).u64(described(number) + 16, start + REGION)
        .u64(described(number) + 24, start + TAKEN).u64(described(number) + 32, start + OBJECTS)
        .u64(described(number) + 48, next).u64(described(number) + 64, heap);
  }

  private static void generation(FakeMemory memory, long at, int segment, int number) {
    memory.u64(at + 7 * 8, described(segment)).u64(at + 13 * 8, number < 2 ? 1L << 32 : 3L << 32)
        .u64(at + 19 * 8, number < 2 ? 0 : LARGE_LISTS + 0x400L * number).u32(at + 20 * 8, number < 3 ? number : -1);
  }

  private static void freeObject(FakeMemory memory, long at, long bytes, long next) {
    memory.u64(at, 0x7f8800001000L).u64(at + 8, bytes - 24).u64(at + 16, next);
  }

  /** Of .NET 8: a region of generation 0, one of 1, two of 2, one of large and one of pinned objects. */
  private static FakeMemory workstation() {
    FakeMemory memory = library();
    list(memory, 3, 0x102, 0x108);
    long pointers = LIST + 24;
    memory.u64(LIST + 16, 5).u64(pointers + 8 * 3, TABLE).u64(pointers + 8 * 7, DATA + 0x1020)
        .u64(pointers + 8 * 12, DATA + 0x1028).u64(DATA + 0x1020, described(0))
        .u64(DATA + 0x1028, region(0) + OBJECTS + 0x1000);
    segment(memory, 0, 0, -1);
    segment(memory, 1, 0x800, -1);
    segment(memory, 2, 0x6000, 3);
    segment(memory, 3, 0x5000, -1);
    segment(memory, 4, 0x7000, -1);
    segment(memory, 5, 0x100, -1);
    int[] first = {0, 1, 2, 4, 5};
    for (int number = 0; number < 5; number++) {
      generation(memory, TABLE + 0x108L * number, first[number], number);
    }
    return memory;
  }

  /** Two free objects of generation 2, on two of its lists, and bytes on none; a free large one that lies on pages that are not present. */
  private static FakeMemory withHoles() {
    FakeMemory memory = workstation();
    long second = TABLE + 2 * 0x108;
    long large = TABLE + 3 * 0x108;
    memory.u64(second + 16 * 8, region(2) + 0x100).u64(LARGE_LISTS + 0x800 + 5 * 8 + 16, region(3) + 0x1000)
        .u64(second + 26 * 8, 0x600).u64(second + 27 * 8, 0x20);
    freeObject(memory, region(2) + 0x100, 0x200, 0);
    freeObject(memory, region(3) + 0x1000, 0x400, 0);
    memory.u64(LARGE_LISTS + 0xc00 + 16, region(4) + 0x1000).u64(large + 26 * 8, 0x4000);
    freeObject(memory, region(4) + 0x1000, 0x4000, 0);
    return memory.absent(region(4) + 0x2000).absent(region(4) + 0x3000);
  }

  @Test
  void ofEachGenerationTheObjectsInItsRegionsAreInUse() {
    RuntimeFacts heap = facts(workstation());
    assertThat(heap.facts())
        .containsEntry("small objects.used", "" + (0x1000 + 0x800 + 0x6000 + 0x5000))
        .containsEntry("small objects.committed", "" + 4 * TAKEN)
        .containsEntry("large objects.used", "" + 0x7000).containsEntry("pinned objects.used", "" + 0x100)
        // Whole pages behind the last object: seven of generation 1 and of the pinned ones, and so on.
        .containsEntry("small objects.idle.resident", "" + (6 + 7 + 1 + 2) * PAGE)
        .containsEntry("large objects.idle.resident", "0").containsEntry("pinned objects.idle.resident", "" + 7 * PAGE)
        .containsEntry("version", "8.0.34").containsEntry("heaps", "1");
    assertThat(heap.ranges()).hasSize(6).extracting(range -> range.range())
        .contains(AddressRange.ofSize(region(3), TAKEN));
  }

  @Test
  void whatACollectionFreedInPlaceIsNotInUse() {
    RuntimeFacts heap = facts(withHoles());
    assertThat(heap.facts())
        .containsEntry("small objects.used", "" + (0x1000 + 0x800 + 0x6000 + 0x5000 - 0x620))
        .containsEntry("small objects.idle.resident", "" + (16 * PAGE + 0x620))
        .containsEntry("large objects.used", "" + (0x7000 - 0x4000))
        .containsEntry("large objects.idle.resident", "" + (0x4000 - 2 * PAGE));
  }

  @Test
  void whereTheListsAndTheirCountDifferHolesCountAsInUse() {
    FakeMemory memory = withHoles().u64(TABLE + 2 * 0x108 + 26 * 8, 0x6000);
    assertThat(read(memory).problems()).extracting(Problem::message)
        .containsExactly("the lists of free objects do not add up: they count as in use");
    assertThat(read(memory).value().facts()).containsEntry("large objects.used", "" + 0x7000)
        .containsEntry("small objects.idle.resident", "" + 16 * PAGE);
  }

  @Test
  void aFreeObjectThatReachesOutOfTheHeapIsNone() {
    FakeMemory memory = withHoles();
    freeObject(memory, region(4) + 0x1000, REGION, 0);
    assertThat(read(memory).problems()).hasSize(1);
  }

  @Test
  void frozenObjectsHaveAPartOfTheirOwn() {
    FakeMemory memory = workstation();
    segment(memory, 7, 0x300, 2);
    memory.u64(described(7) + 40, 1).u64(TABLE + 2 * 0x108 + 7 * 8, described(7));
    assertThat(facts(memory).facts()).containsEntry("frozen objects.used", "" + 0x300)
        .containsEntry("small objects.used", "" + (0x1000 + 0x800 + 0x6000 + 0x5000));
  }

  /** Two of them: how many, what they reserve and have, what came and went, the first, the last. */
  private static FakeMemory withFreeRegions() {
    FakeMemory memory = workstation();
    segment(memory, 8, 0x7000, 9);
    segment(memory, 9, 0, -1);
    return memory.u64(FREE_REGIONS, 2).u64(FREE_REGIONS + 8, 2 * REGION).u64(FREE_REGIONS + 16, 2 * TAKEN)
        .u64(FREE_REGIONS + 24, 7).u64(FREE_REGIONS + 32, 5).u64(FREE_REGIONS + 40, described(8))
        .u64(FREE_REGIONS + 48, described(9));
  }

  @Test
  void regionsOnAListOfFreeOnesHoldNothing() {
    assertThat(facts(withFreeRegions()).facts()).containsEntry("free regions.used", "0")
        .containsEntry("free regions.committed", "" + 2 * TAKEN)
        .containsEntry("free regions.idle.resident", "" + 2 * TAKEN);
  }

  @Test
  void aListOfRegionsWhoseChainDiffersInAnythingIsNone() {
    for (int word : new int[] {0, 1, 2, 5, 6}) {
      FakeMemory memory = withFreeRegions();
      long was = memory.u64(FREE_REGIONS + 8L * word).orElseThrow();
      assertThat(facts(memory.u64(FREE_REGIONS + 8L * word, was - (word < 5 ? 1 : 0x100))).facts()).as("word " + word)
          .doesNotContainKey("free regions.used");
    }
  }

  @Test
  void withoutItsListOfVariablesNothingIsToldOfAHeap() {
    assertNothing(workstation().u64(DATA + 0x900, 0), "no heap was found");
    assertNothing(workstation().u32(DATA + 0x1010, 3), "no heap was found");
    assertNothing(workstation().u64(LIST + 24 + 8 * 20, DATA + 0x1040), "no heap was found");
  }

  @Test
  void aSegmentThatDoesNotFitMakesTheWholeHeapUnknown() {
    String otherwise = "the heap is laid out otherwise";
    assertNothing(workstation().u64(described(3), region(3) + TAKEN + 8), otherwise);
    assertNothing(workstation().u64(described(3) + 8, region(3) + 2 * REGION), otherwise);
    assertNothing(workstation().u64(described(4) + 32, region(2) + OBJECTS).u64(described(4), region(2) + TAKEN)
        .u64(described(4) + 8, region(2) + TAKEN), otherwise);
    assertNothing(workstation().u64(DATA + 0x1028, region(1)), otherwise);
    assertNothing(workstation().u64(described(2) + 48, 0x1234), otherwise);
    FakeMemory ofAFile = workstation().map(Mappings.file(0x7c0000000000L, REGION, "rw-p", "/x"));
    assertNothing(ofAFile.u64(described(4) + 32, 0x7c0000000000L).u64(described(4), 0x7c0000000000L)
        .u64(described(4) + 8, 0x7c0000000000L + TAKEN).u64(described(4) + 16, 0x7c0000000000L + REGION), otherwise);
  }

  @Test
  void aListOfSegmentsThatGoesRoundEnds() {
    assertThat(facts(workstation().u64(described(3) + 48, described(2))).facts())
        .containsEntry("small objects.used", "" + (0x1000 + 0x800 + 0x6000 + 0x5000));
  }

  @Test
  void whileACollectionIsAtWorkNothingIsTold() {
    assertNothing(workstation().u32(DATA + 0x1030, 1), "a collection was at work");
  }

  @Test
  void theServersHeapsAddUp() {
    FakeMemory memory = server();
    assertThat(facts(memory).facts()).containsEntry("heaps", "2")
        .containsEntry("small objects.used", "" + (2 * 0x900 + 0x400 * 4))
        .containsEntry("large objects.used", "" + 0x400 * 2);
    assertNothing(memory.u64(described(7) + 64, SEGMENTS + 0x4000), "the heap is laid out otherwise");
  }

  /** Of .NET 10: fields of a heap are where the runtime says, and generations are shorter by a word. */
  private static FakeMemory server() {
    FakeMemory memory = library();
    list(memory, 3, 0x402, 0x100);
    long pointers = LIST + 24;
    memory.u64(LIST + 16, 5).u64(pointers + 8 * 19, DATA + 0x1040).u64(pointers + 8 * 20, DATA + 0x1048)
        .u64(pointers + 8 * 27, DATA + 0x1100).u32(DATA + 0x1040, 2).u64(DATA + 0x1048, DATA + 0x1200)
        .u32(DATA + 0x1100, 0x20).u32(DATA + 0x1104, 0x28).u32(DATA + 0x1100 + 18 * 4, 0x80);
    for (int number = 0; number < 2; number++) {
      long heap = SEGMENTS + 0x4000 + 0x1000L * number;
      int first = 5 * number;
      memory.u64(DATA + 0x1200 + 8L * number, heap).u64(heap + 0x20, region(first) + OBJECTS + 0x900)
          .u64(heap + 0x28, described(first));
      for (int g = 0; g < 5; g++) {
        segment(memory, first + g, 0x400, 0, heap);
        long at = heap + 0x80 + 0x100L * g;
        memory.u64(at + 7 * 8, described(first + g)).u64(at + 18 * 8, g < 2 ? 0 : LARGE_LISTS)
            .u32(at + 19 * 8, g < 3 ? g : -1);
      }
    }
    return memory;
  }

  @Test
  void inCore31GenerationsShareSegmentsAndFieldsAreWhereTheyAlwaysAre() {
    FakeMemory memory = library();
    list(memory, 2, 0x1, 0xf0);
    long pointers = LIST + 16;
    long heap = SEGMENTS + 0x4000;
    memory.u64(pointers + 8 * 19, DATA + 0x1040).u64(pointers + 8 * 20, DATA + 0x1048).u32(DATA + 0x1040, 1)
        .u64(DATA + 0x1048, DATA + 0x1200).u64(DATA + 0x1200, heap).u64(heap, region(1) + OBJECTS + 0x3000)
        .u64(heap + 8, described(1));
    segment(memory, 0, 0x6000, described(1), heap);
    segment(memory, 1, 0x100, 0, heap);
    segment(memory, 2, 0x5000, 0, heap);
    int[] first = {1, 1, 0, 2};
    for (int g = 0; g < 4; g++) {
      long at = heap + 344 + 0xf0L * g;
      memory.u64(at + 7 * 8, described(first[g])).u64(at + 11 * 8, 1);
    }
    long large = heap + 344 + 3 * 0xf0;
    memory.u64(large + 13 * 8, region(2) + 0x1000).u64(large + 21 * 8, 0x2000).u64(large + 22 * 8, 0x40);
    freeObject(memory, region(2) + 0x1000, 0x2000, 0);
    assertThat(facts(memory).facts()).containsEntry("small objects.used", "" + (0x6000 + 0x3000))
        .containsEntry("large objects.used", "" + (0x5000 - 0x2040))
        .containsEntry("large objects.idle.resident", "" + (2 * PAGE + 0x2040));
  }

  @Test
  void aSpentBudgetIsSaid() {
    FakeMemory full = withHoles();
    FakeMemory memory = new FakeMemory(60);
    full.smaps().mappings().forEach(memory::map);
    assertThat(DotnetHeap.read(memory, full.smaps()).problems()).isNotEmpty();
  }

  @Test
  void wordsByChanceNeverEndItBadly() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    long[] likely = {0, 1, -1, described(2), region(2) + OBJECTS, region(9), SEGMENTS, DATA, TABLE, Long.MIN_VALUE};
    for (int round = 0; round < 300; round++) {
      FakeMemory memory = random.nextBoolean() ? withFreeRegions() : random.nextBoolean() ? withHoles() : server();
      for (int i = 0; i < 3; i++) {
        long at = (random.nextBoolean() ? SEGMENTS : DATA) + 8L * random.nextInt(0x7000 / 8);
        memory.u64(at, random.nextInt(4) == 0 ? random.nextLong() : likely[random.nextInt(likely.length)]);
      }
      RuntimeFacts heap = read(memory).value();
      heap.ranges().forEach(range -> assertThat(new AddressRange(HEAP, SEGMENTS + 0x8000).contains(range.range()))
          .isTrue());
      for (Map.Entry<String, String> fact : heap.facts().entrySet()) {
        if (fact.getKey().endsWith(".resident") || fact.getKey().endsWith(".committed")) {
          assertThat(Long.parseLong(fact.getValue())).as(fact.getKey()).isBetween(0L, 16 * REGION);
        }
      }
    }
  }

  private static Parsed<RuntimeFacts> read(FakeMemory memory) {
    return DotnetHeap.read(memory, memory.smaps());
  }

  private static RuntimeFacts facts(FakeMemory memory) {
    Parsed<RuntimeFacts> heap = read(memory);
    assertThat(heap.problems()).isEmpty();
    return heap.value();
  }

  private static void assertNothing(FakeMemory memory, String why) {
    Parsed<RuntimeFacts> heap = read(memory);
    assertThat(heap.value().ranges()).isEmpty();
    assertThat(heap.problems()).singleElement()
        .satisfies(problem -> assertThat(problem.message()).startsWith(why));
  }
}
