package io.tare.heapdump.dominators;

import io.tare.heapdump.graph.Edges;
import io.tare.heapdump.graph.HeapGraph;
import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.Storage;

/** The references to objects that several others refer to: the only ones that make dominators hard. */
record CrossEdges(Ints from, Ints to) implements AutoCloseable {

  static CrossEdges of(HeapGraph graph, Reach reach, Storage storage) {
    long count = each(graph, reach, (at, from, to) -> {});
    CrossEdges found = new CrossEdges(new Ints(storage, count), new Ints(storage, count));
    each(graph, reach, found::set);
    return found;
  }

  private interface Sink {
    void accept(long at, int from, int to);
  }

  private static long each(HeapGraph graph, Reach reach, Sink sink) {
    Edges edges = graph.edges();
    long count = 0;
    long at = 0;
    for (int node = 1; node <= graph.objects(); node++) {
      long end = at + edges.degree(node);
      if (!reach.reached(node)) {
        at = end;
      }
      for (; at < end; at++) {
        int target = edges.target(at);
        if (target != 0 && target != node && reach.isShared(target)) {
          sink.accept(count++, node, target);
        }
      }
    }
    return count;
  }

  private void set(long at, int source, int target) {
    from.set(at, source);
    to.set(at, target);
  }

  long count() {
    return from.length();
  }

  @Override
  public void close() {
    from.close();
    to.close();
  }
}
