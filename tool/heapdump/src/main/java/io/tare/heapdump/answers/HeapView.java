package io.tare.heapdump.answers;

import io.tare.heapdump.dominators.DominatorTree;
import io.tare.heapdump.graph.HeapGraph;
import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.index.HeapClass;

/** All that the answers are made of. */
public record HeapView(HeapGraph graph, Reach reach, DominatorTree tree, ObjectReader reader) {
  HeapClass classOf(int node) {
    return graph.index().classes().get(graph.shapes().classOf(node));
  }

  long address(int node) {
    return graph.index().objects().idOf(node);
  }

  int node(long address) {
    return graph.index().objects().find(address);
  }

  long retainedBytes(int node) {
    return tree.retainedBytes(node);
  }
}
