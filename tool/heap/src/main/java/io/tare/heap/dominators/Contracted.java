package io.tare.heap.dominators;

import io.tare.heap.store.Bits;
import io.tare.heap.store.Ints;
import io.tare.heap.store.Ranks;
import io.tare.heap.store.Storage;

/** The contracted graph: which objects are kept, and their references by their numbers 1, 2, 3 … */
record Contracted(Bits kept, Ranks ranks, FlowGraph graph) implements AutoCloseable {
  int number(int node) {
    return ranks.rank(node) + 1;
  }

  /** The dominators of the shared objects, in their order. Closes the graph. */
  Ints dominatorsOf(Bits shared, int count, Storage storage) {
    Ints result = new Ints(storage, count);
    try (Ints dominators = SemiNca.dominators(graph, storage); Ints nodes = new Ints(storage, ranks.size() + 1L)) {
      int number = 0;
      for (long node = kept.next(1); node > 0; node = kept.next(node + 1)) {
        nodes.set(++number, (int) node);
      }
      int position = 0;
      for (long node = shared.next(1); node > 0; node = shared.next(node + 1)) {
        result.set(position++, nodes.get(dominators.get(number((int) node))));
      }
    }
    return result;
  }

  @Override
  public void close() {
    kept.close();
    ranks.close();
    graph.close();
  }
}
