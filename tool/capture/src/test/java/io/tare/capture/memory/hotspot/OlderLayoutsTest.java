package io.tare.capture.memory.hotspot;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.FakeMemory;
import io.tare.capture.memory.Mappings;
import io.tare.model.jvm.HeapPart;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tables of JDK 8 and 11 leave out, and what JDK 28 moved: found by its shape, or said to be not understood. */
class OlderLayoutsTest {
  private static final long HEAP = 0x10000000;
  private static final long HEAP_BYTES = 4 << 20;
  private static final long OBJECT = 0x700010;
  private static final long YOUNG = 0x710010;
  private static final long OLD = 0x720010;

  private final FakeMemory memory = new FakeMemory();
  private final FakeJvm jvm = new FakeJvm(memory);

  private void heap(String collector) {
    memory.map(Mappings.anonymous(HEAP, HEAP_BYTES));
    jvm.flag("Use" + collector + "GC", true).flag("MaxHeapSize", HEAP_BYTES).flagTable();
    jvm.staticField("Universe", "_collectedHeap", OBJECT).field("CollectedHeap", "_reserved", 0x30)
        .field("MemRegion", "_word_size", 8);
    memory.zeros(OBJECT, 1024).u64(OBJECT + 0x30, HEAP).u64(OBJECT + 0x38, HEAP_BYTES / 8);
  }

  private static List<String> parts(FakeJvm jvm) {
    return jvm.read().value().heapParts().stream().map(OlderLayoutsTest::words).toList();
  }

  private static String words(HeapPart part) {
    return part.role() + " " + Long.toHexString(part.bottom() - HEAP) + " " + Long.toHexString(part.top() - HEAP) + " "
        + Long.toHexString(part.end() - HEAP);
  }

  private void space(long at, long bottom, long top, long end) {
    memory.u64(at, HEAP + bottom).u64(at + 8, HEAP + end).u64(at + 16, HEAP + top);
  }

  private void youngSpaces() {
    jvm.field("Space", "_bottom", 0).field("Space", "_end", 8).field("ContiguousSpace", "_top", 16)
        .field("DefNewGeneration", "_eden_space", 8).field("DefNewGeneration", "_from_space", 16)
        .field("DefNewGeneration", "_to_space", 24);
    for (int i = 0; i < 3; i++) {
      memory.u64(YOUNG + 8 + 8L * i, YOUNG + 0x100 + 0x40L * i);
      space(YOUNG + 0x100 + 0x40L * i, 0x10000L * i, 0x10000L * i + 0x1000, 0x10000L * (i + 1));
    }
  }

  /** JDK 8 has an array of generations. */
  @Test
  void serialOfJdk8HasItsGenerationsInAnArray() {
    heap("Serial");
    youngSpaces();
    jvm.field("GenCollectedHeap", "_gens", 0x80).field("OneContigSpaceCardGeneration", "_the_space", 8);
    memory.u64(OBJECT + 0x80, YOUNG).u64(OBJECT + 0x88, OLD).u64(OLD + 8, OLD + 0x100);
    space(OLD + 0x100, 0x30000, 0x35000, 0x40000);
    assertThat(parts(jvm)).containsExactly("eden 0 1000 10000", "survivor 10000 11000 20000",
        "survivor 20000 21000 30000", "old 30000 35000 40000");
  }

  /** Static until JDK 27, fields of the heap since. */
  @Test
  void parallelHasItsGenerationsInTheHeapOrInVariables() {
    for (boolean isStatic : List.of(true, false)) {
      OlderLayoutsTest fresh = new OlderLayoutsTest();
      fresh.parallel(isStatic);
      assertThat(parts(fresh.jvm)).as("static: " + isStatic).containsExactly("eden 0 1000 10000",
          "survivor 10000 11000 20000", "survivor 20000 21000 30000", "old 30000 35000 40000");
    }
  }

  private void parallel(boolean isStatic) {
    heap("Parallel");
    if (isStatic) {
      jvm.staticField("ParallelScavengeHeap", "_young_gen", YOUNG).staticField("ParallelScavengeHeap", "_old_gen", OLD);
    } else {
      jvm.field("ParallelScavengeHeap", "_young_gen", 0x80).field("ParallelScavengeHeap", "_old_gen", 0x88);
      memory.u64(OBJECT + 0x80, YOUNG).u64(OBJECT + 0x88, OLD);
    }
    jvm.field("MutableSpace", "_bottom", 0).field("MutableSpace", "_end", 8).field("MutableSpace", "_top", 16)
        .field("PSYoungGen", "_eden_space", 8).field("PSYoungGen", "_from_space", 16)
        .field("PSYoungGen", "_to_space", 24).field("PSOldGen", "_object_space", 8);
    for (int i = 0; i < 3; i++) {
      memory.u64(YOUNG + 8 + 8L * i, YOUNG + 0x100 + 0x40L * i);
      space(YOUNG + 0x100 + 0x40L * i, 0x10000L * i, 0x10000L * i + 0x1000, 0x10000L * (i + 1));
    }
    memory.u64(OLD + 8, OLD + 0x100);
    space(OLD + 0x100, 0x30000, 0x35000, 0x40000);
  }

  /** Three free chunks in a tree of two lists: the root's list of two chunks, its left child's of one. */
  private void markSweep(long totalWords) {
    heap("ConcMarkSweep");
    youngSpaces();
    jvm.field("GenCollectedHeap", "_young_gen", 0x80).field("GenCollectedHeap", "_old_gen", 0x88)
        .field("ConcurrentMarkSweepGeneration", "_cmsSpace", 8).field("CompactibleFreeListSpace", "_dictionary", 0x40)
        .field("AFLBinaryTreeDictionary", "_total_size", 0).type("AFLBinaryTreeDictionary", 24)
        .field("FreeChunk", "_next", 16);
    long space = OLD + 0x100;
    long dictionary = OLD + 0x200;
    memory.u64(OBJECT + 0x80, YOUNG).u64(OBJECT + 0x88, OLD).u64(OLD + 8, space).u64(space + 0x40, dictionary);
    space(space, 0x100000, 0, 0x200000);
    long first = HEAP + 0x110000;
    long second = HEAP + 0x150000;
    long small = HEAP + 0x180000;
    memory.zeros(first, 256).zeros(second, 256).zeros(small, 256);
    long root = first + 0x20;
    long child = small + 0x20;
    memory.u64(dictionary, totalWords).u64(dictionary + 16, root);
    memory.u64(root, first).u64(root + 8, second).u64(root + 16, 0x8000 / 8).u64(root + 24, 2).u64(root + 0x50, child);
    memory.u64(first + 16, second).u64(second + 16, 0);
    memory.u64(child, small).u64(child + 8, small).u64(child + 16, 0x4000 / 8).u64(child + 24, 1)
        .u64(child + 0x48, root);
  }

  @Test
  void whatLiesBetweenTheFreeChunksOfMarkSweepIsUsed() {
    markSweep((2 * 0x8000 + 0x4000) / 8);
    assertThat(parts(jvm)).filteredOn(part -> part.startsWith("old")).containsExactly("old 100000 110000 118000",
        "old 118000 150000 158000", "old 158000 180000 184000", "old 184000 200000 200000");
  }

  @Test
  void freeChunksThatDoNotAddUpAreSaidToBeNotUnderstood() {
    markSweep(0x80000 / 8);
    assertThat(parts(jvm)).isEmpty();
    assertThat(jvm.read().problems()).extracting(problem -> problem.message())
        .contains("the free chunks of the old space: 10240 of 65536 words are found");
  }

  private void unnamedRegions(long used) {
    heap("Shenandoah");
    long regions = 0x740000;
    jvm.field("ShenandoahHeap", "_num_regions", 0x80).field("ShenandoahHeap", "_used", 0x88)
        .type("ShenandoahHeap", 0x100).type("ShenandoahHeapRegion", 96)
        .staticField("ShenandoahHeapRegion", "RegionSizeBytes", 1 << 20)
        .staticField("BarrierSet", "_barrier_set", 0x760010);
    memory.zeros(0x760010, 128);
    memory.u64(OBJECT + 0x80, 4).u64(OBJECT + 0x88, used).u64(OBJECT + 0x90, YOUNG).u64(OBJECT + 0x98, regions);
    memory.zeros(YOUNG, 64);
    for (int i = 0; i < 4; i++) {
      long region = regions + 0x100 + 96L * i;
      long bottom = HEAP + ((long) i << 20);
      memory.u64(regions + 8L * i, region).zeros(region, 96).u64(region + 16, bottom)
          .u64(region + 24, bottom + (1 << 20)).u64(region + 40, bottom + 0x1000 * (i + 1L)).u64(region + 56, bottom);
    }
  }

  @Test
  void regionsWithoutNamesAreFoundByTheirBoundsAndTheHeapInUse() {
    unnamedRegions(0xa000);
    assertThat(parts(jvm)).containsExactly("region 0 1000 100000", "region 100000 102000 200000",
        "region 200000 203000 300000", "region 300000 304000 400000");
  }

  @Test
  void regionsWhoseTopsDoNotAddUpAreSaidToBeNotUnderstood() {
    unnamedRegions(0x7fffffffL);
    assertThat(parts(jvm)).isEmpty();
    assertThat(jvm.read().problems()).extracting(problem -> problem.message())
        .contains("no field of its regions adds up to the 2147483647 bytes in use");
  }

  /** The list of a loader's classes, which JDK 8 does not name: each points back to the loader. */
  private void classes(int count) {
    long loader = 0x780000;
    jvm.staticField("ClassLoaderDataGraph", "_head", loader).field("ClassLoaderData", "_class_loader", 0)
        .field("ClassLoaderData", "_next", 0x48).field("Klass", "_next_sibling", 0x80).field("Klass", "_name", 0x10)
        .field("Symbol", "_length", 0).field("Symbol", "_body", 8);
    memory.zeros(loader, 256).u64(loader + 0x20, 0x7a0000).u64(loader + 0x38, 0x790000);
    memory.zeros(0x7a0000, 512);
    for (int i = 0; i < count; i++) {
      long klass = 0x790000 + 0x200L * i;
      memory.zeros(klass, 0x200).u64(klass + 0x90, loader).u64(klass + 0x88, i + 1 < count ? klass + 0x200 : 0);
    }
  }

  @Test
  void theListOfALoadersClassesIsFoundByWhatPointsBack() throws Exception {
    classes(40);
    assertThat(ClassLinks.of(jvm.vm())).isEqualTo(new ClassLinks(0x38, 0x88));
  }

  @Test
  void aListThatEndsTooEarlyProvesNothing() {
    classes(3);
    assertThat(jvm.read().problems()).extracting(problem -> problem.message())
        .contains("the list of a loader's classes is not found");
  }
}
