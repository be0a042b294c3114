package io.tare.heap.dominators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.heap.LiveJvm;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.hprof.DumpFile;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.OutlineReader;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import io.tare.heap.index.Passes;
import io.tare.heap.store.Storage;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class RealDumpAgreesWithSlowHeapTest {
  private static final int SAMPLES = 150;

  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void whatObjectsOfALiveJvmRetainIsWhatIsLostWithoutThem(int version) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed");
    Path dump = folder.resolve("live.hprof");
    LiveJvm.run(jdk.get(), List.of(), "DumpAndCount.java", dump.toString());
    ProblemLog problems = new ProblemLog();
    try (Storage storage = new Storage(Long.MAX_VALUE, folder); DumpFile file = DumpFile.open(dump, folder, problems)) {
      Outline outline = OutlineReader.read(file, problems);
      Passes passes = new Passes(file, outline.header().idBytes(), problems, 2, done -> {});
      HeapGraph graph = HeapGraph.build(DumpIndex.build(outline, passes, ReferenceStrength.USUAL, storage), storage);
      SlowHeap slow = SlowHeap.of(graph);
      Reach reach = Reach.of(graph, storage);
      DominatorTree tree = DominatorTree.of(new HeapParts(graph, reach, storage), HeapClass::name);
      BitSet reached = slow.reachedWithout(new BitSet());
      assertThat(reach.count()).isEqualTo(reached.cardinality()).isGreaterThan(20_000);
      compare(graph, tree, slow, reached);
    }
  }

  private static void compare(HeapGraph graph, DominatorTree tree, SlowHeap slow, BitSet reached) {
    long seed = Long.getLong("random.seed", new Random().nextLong(1_000_000));
    Random random = new Random(seed);
    for (int i = 0; i < SAMPLES; i++) {
      int node = reached.nextSetBit(random.nextInt(reached.length() - 1));
      // Every second one higher up, where more hangs on it.
      for (int up = 0; i % 2 == 0 && up < 3 && tree.dominator(node) != 0; up++) {
        node = tree.dominator(node);
      }
      BitSet away = new BitSet();
      away.set(node);
      long bytes = slow.retainedBy(away).stream().mapToLong(graph.shapes()::shallowBytes).sum();
      assertThat(tree.retainedBytes(node)).as("seed %d, object %d", seed, node).isEqualTo(bytes);
    }
  }
}
