package io.tare.heap.query;

import io.tare.heap.answers.HeapView;
import io.tare.heap.graph.Edges;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.store.IntQueue;
import io.tare.heap.store.Storage;
import java.util.BitSet;
import java.util.Optional;

/** All that would be free without some objects. */
final class RetainedSet {
  private RetainedSet() {}

  /**
   * The objects themselves and what only they hold together: what the roots reach, but not on ways that leave them out. The
   * references are read from the dump once more, for the analysis does not keep them.
   */
  static BitSet of(BitSet selected, HeapView view, Storage storage) {
    HeapGraph graph = HeapGraph.build(withoutFilter(view.graph().index()), storage);
    BitSet others = new BitSet(graph.objects() + 1);
    try (Edges edges = graph.edges(); IntQueue found = new IntQueue(storage, graph.objects() + 1L)) {
      int[] classNodes = graph.classNodeOfShape();
      for (int root : graph.roots().nodes()) {
        visit(root, selected, others, found);
      }
      while (!found.isEmpty()) {
        int node = found.take();
        visit(classNodes[graph.shapes().shapeOf(node)], selected, others, found);
        long at = edges.start(node);
        if (at == Edges.NONE) {
          continue;
        }
        for (int entry = edges.entry(at);; entry = edges.entry(++at)) {
          visit(Edges.target(entry), selected, others, found);
          if (Edges.isLast(entry)) {
            break;
          }
        }
      }
    } finally {
      graph.shapes().close();
    }
    BitSet retained = new BitSet(graph.objects() + 1);
    for (int node = 1; node <= graph.objects(); node++) {
      retained.set(node, selected.get(node) || (view.reach().reached(node) && !others.get(node)));
    }
    return retained;
  }

  /** What pieces refer to is known already, and may lie in a file that nobody writes to. */
  private static DumpIndex withoutFilter(DumpIndex index) {
    return new DumpIndex(index.outline(), index.passes(), index.objects(), index.classes(), index.layout(),
        index.layoutWords(), index.roots(), index.pieces(), Optional.empty(), Optional.empty());
  }

  private static void visit(int node, BitSet selected, BitSet others, IntQueue found) {
    if (node != 0 && !selected.get(node) && !others.get(node)) {
      others.set(node);
      found.add(node);
    }
  }
}
