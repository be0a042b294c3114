package io.tare.heap.dominators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.heap.Analysed;
import io.tare.heap.index.HeapClass;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DominatorsAgreeWithSlowHeapTest {
  private static final int HEAPS = Integer.getInteger("random.heaps", 300);

  @TempDir
  Path folder;

  @Test
  void retainedBytesAndDominatorsAreThoseOfTakingTheObjectAway() throws Exception {
    long firstSeed = Long.getLong("random.seed", new Random().nextLong(1_000_000));
    for (long seed = firstSeed; seed < firstSeed + HEAPS; seed++) {
      check(seed);
    }
  }

  private void check(long seed) throws Exception {
    RandomHeap heap = new RandomHeap(new Random(seed));
    try (Analysed analysed = new Analysed(heap.dump.writeTo(folder.resolve("random.hprof")), folder)) {
      SlowHeap slow = heap.slow(analysed::number);
      BitSet reached = slow.reachedWithout(new BitSet());
      assertThat(analysed.reach.count()).as("seed %d", seed).isEqualTo(reached.cardinality());
      for (int node = reached.nextSetBit(0); node >= 0; node = reached.nextSetBit(node + 1)) {
        BitSet self = new BitSet();
        self.set(node);
        BitSet retained = slow.retainedBy(self);
        long bytes = retained.stream().mapToLong(analysed.graph.shapes()::shallowBytes).sum();
        assertThat(analysed.tree.retainedBytes(node)).as("seed %d, object %d", seed, node).isEqualTo(bytes);
        BitSet dominated = new BitSet();
        for (int other = reached.nextSetBit(0); other >= 0; other = reached.nextSetBit(other + 1)) {
          if (dominates(analysed, node, other)) {
            dominated.set(other);
          }
        }
        assertThat(dominated).as("seed %d, object %d", seed, node).isEqualTo(retained);
      }
    }
  }

  @Test
  void whatAClassRetainsIsWhatIsLostWithoutAllOfItsObjectsAndNeverMoreIfClassesHangOnTheirObjects() throws Exception {
    long firstSeed = Long.getLong("random.seed", new Random().nextLong(1_000_000));
    for (long seed = firstSeed; seed < firstSeed + HEAPS; seed++) {
      RandomHeap heap = new RandomHeap(new Random(seed), seed % 2 == 0);
      try (Analysed analysed = new Analysed(heap.dump.writeTo(folder.resolve("random.hprof")), folder)) {
        SlowHeap slow = heap.slow(analysed::number);
        long[] byClass = analysed.tree.ofClasses().byClass().orElseThrow();
        for (HeapClass heapClass : analysed.graph.index().classes().all()) {
          BitSet objects = new BitSet();
          for (int node = 1; node <= analysed.graph.objects(); node++) {
            objects.set(node, analysed.graph.shapes().classOf(node) == heapClass.number());
          }
          long bytes = slow.retainedBy(objects).stream().mapToLong(analysed.graph.shapes()::shallowBytes).sum();
          var claim = assertThat(byClass[heapClass.number()]).as("seed %d, %s", seed, heapClass.name());
          if (seed % 2 == 0) {
            claim.isEqualTo(bytes);
          } else {
            claim.isLessThanOrEqualTo(bytes);
          }
        }
      }
    }
  }

  private static boolean dominates(Analysed analysed, int above, int below) {
    int at = below;
    while (at != 0 && at != above) {
      at = analysed.tree.dominator(at);
    }
    return at == above;
  }
}
