package io.tare.heap.answers;

import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;

/** All that the answers are made of. */
public record HeapView(HeapGraph graph, Reach reach, DominatorTree tree, ObjectReader reader) {
  public HeapClass classOf(int node) {
    return graph.index().classes().get(graph.shapes().classOf(node));
  }

  public long address(int node) {
    return graph.index().objects().idOf(node);
  }

  public int node(long address) {
    return graph.index().objects().find(address);
  }

  public long retainedBytes(int node) {
    return tree.retainedBytes(node);
  }
}
