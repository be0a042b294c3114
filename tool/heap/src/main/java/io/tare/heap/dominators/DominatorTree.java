package io.tare.heap.dominators;

import io.tare.heap.graph.BackSweep;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.Ints;
import io.tare.heap.store.PairList;
import io.tare.heap.store.Ranks;
import io.tare.heap.store.Storage;
import java.util.List;
import java.util.function.Function;

/** Who holds an object alone, and how many bytes would go with it. 0 stands for the roots. */
public final class DominatorTree implements AutoCloseable {
  private final Reach reach;
  private final Ranks sharedRanks;
  private final Ints ofShared;
  private final ByteCounts retained;
  private final ClassRetained ofClasses;

  private DominatorTree(HeapParts heap, Function<HeapClass, String> packageOf) {
    HeapGraph graph = heap.graph();
    Storage storage = heap.storage();
    this.reach = heap.reach();
    this.sharedRanks = new Ranks(storage, reach.shared());
    List<PairList> pairs = List.of(reach.crossEdges(), ClassEdges.of(graph, reach, storage));
    try (Contracted contracted = new Contraction(reach, pairs, storage).contract()) {
      this.ofClasses = ClassRetained.of(heap, contracted, packageOf);
      this.ofShared = contracted.dominatorsOf(reach.shared(), sharedRanks.size(), storage);
    }
    this.retained = retained(graph.shapes(), graph.objects(), storage);
  }

  /** Closes the cross edges of the reach, which nobody needs any more and which make room for the rest. */
  public static DominatorTree of(HeapParts heap, Function<HeapClass, String> packageOf) {
    return new DominatorTree(heap, packageOf);
  }

  private ByteCounts retained(Shapes shapes, int objects, Storage storage) {
    long total = 0;
    for (int node = 1; node <= objects; node++) {
      total += reach.reached(node) ? shapes.shallowBytes(node) : 0;
    }
    ByteCounts counts = new ByteCounts(storage, objects + 1L, total);
    for (BackSweep sweep = reach.sweepBack(); sweep.next();) {
      int node = sweep.node();
      counts.add(node, shapes.bytesOfShape(sweep.shape()));
      counts.add(reach.isShared(node) ? dominator(node) : sweep.parent(), counts.get(node));
    }
    return counts;
  }

  /** The nearest object that every way to this one goes through; 0 if there is none. Only for objects that are reached. */
  public int dominator(int node) {
    return reach.isShared(node) ? ofShared.get(sharedRanks.rank(node)) : reach.parent(node);
  }

  /** Bytes that would be free if nothing referred to this object; for 0 all that is reached. */
  public long retainedBytes(int node) {
    return retained.get(node);
  }

  /** What the objects of a class hold together. */
  public ClassRetained ofClasses() {
    return ofClasses;
  }

  /** Gives back the retained bytes; they can't be asked any more. */
  public void forgetRetained() {
    retained.close();
  }

  @Override
  public void close() {
    sharedRanks.close();
    ofShared.close();
    retained.close();
  }
}
