package io.tare.heap.dominators;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.graph.Sweep;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Ints;
import io.tare.heap.store.Mix;
import io.tare.heap.store.PairList;
import io.tare.heap.store.Storage;

/**
 * The references from objects to their classes, as few as give the same dominators.
 *
 * <p>There is one per object, too many to keep. But whoever dominates a class lies on every way to it, so also on the one that
 * was found first. An object that one other refers to can hand its reference on to that other, as long as it does not lie on
 * such a way itself: nobody's dominator changes, since every way through the object goes through the other. So references climb
 * to the next object that is shared, a root, or on a way to a class, where most of them meet.
 */
final class ClassEdges {
  /** Pairs seen lately are left out; the same pair twice does no harm. */
  private static final int RECENT = 1 << 16;

  private final PairList pairs;
  private final long[] recent = new long[RECENT];

  private ClassEdges(Storage storage) {
    pairs = new PairList(storage);
  }

  static PairList of(HeapGraph graph, Reach reach, Storage storage) {
    ClassEdges edges = new ClassEdges(storage);
    try (Bits ways = ways(graph, reach, storage); Ints anchors = new Ints(storage, reach.parentCount())) {
      edges.collect(graph, reach, ways, anchors);
    }
    return edges.pairs;
  }

  private static Bits ways(HeapGraph graph, Reach reach, Storage storage) {
    Bits ways = new Bits(storage, graph.objects() + 1L);
    for (HeapClass heapClass : graph.index().classes().all()) {
      int at = heapClass.node();
      while (at != 0 && reach.reached(at) && !ways.get(at)) {
        ways.set(at);
        at = reach.parent(at);
      }
    }
    return ways;
  }

  private void collect(HeapGraph graph, Reach reach, Bits ways, Ints anchors) {
    int[] classNodes = graph.classNodeOfShape();
    for (int shape = 0; shape < classNodes.length; shape++) {
      if (!reach.isShared(classNodes[shape])) {
        classNodes[shape] = 0;
      }
    }
    int[] lastAnchor = new int[classNodes.length];
    for (Sweep sweep = reach.sweep(); sweep.next();) {
      int node = sweep.node();
      boolean stays = sweep.parentPlace() < 0 || reach.isShared(node) || ways.get(node);
      int anchor = stays ? node : anchors.get(sweep.parentPlace());
      if (sweep.hasChildren()) {
        anchors.set(sweep.place(), anchor);
      }
      int shape = sweep.shape();
      int target = classNodes[shape];
      if (target != 0 && target != anchor && lastAnchor[shape] != anchor) {
        lastAnchor[shape] = anchor;
        add(anchor, target);
      }
    }
  }

  private void add(int from, int to) {
    long pair = ((long) from << 32) | to;
    int place = (int) Mix.mix(pair) & (RECENT - 1);
    if (recent[place] != pair) {
      recent[place] = pair;
      pairs.add(from, to);
    }
  }
}
