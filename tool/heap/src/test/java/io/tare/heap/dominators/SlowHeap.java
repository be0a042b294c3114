package io.tare.heap.dominators;

import io.tare.heap.graph.Edges;
import io.tare.heap.graph.HeapGraph;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** The slow obvious reference: take a set of objects away and see what the roots don't reach any more. */
public final class SlowHeap {
  public final List<List<Integer>> references = new ArrayList<>();
  final List<Integer> roots = new ArrayList<>();

  SlowHeap(int objects) {
    for (int i = 0; i <= objects; i++) {
      references.add(new ArrayList<>());
    }
  }

  /** Objects that the roots reach without going through those that are taken away. */
  public BitSet reachedWithout(BitSet away) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>();
    roots.forEach(open::add);
    while (!open.isEmpty()) {
      int node = open.pop();
      if (!away.get(node) && !seen.get(node)) {
        seen.set(node);
        open.addAll(references.get(node));
      }
    }
    return seen;
  }

  /** Of what one object alone holds, that which another of it alone holds. */
  public BitSet retainedWithin(BitSet held, int holder, int inside) {
    BitSet seen = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(holder));
    while (!open.isEmpty()) {
      int node = open.pop();
      if (node != inside && held.get(node) && !seen.get(node)) {
        seen.set(node);
        open.addAll(references.get(node));
      }
    }
    BitSet lost = (BitSet) held.clone();
    lost.andNot(seen);
    return lost;
  }

  /** What only the given objects hold, themselves included. */
  public BitSet retainedBy(BitSet holders) {
    BitSet lost = reachedWithout(new BitSet());
    lost.andNot(reachedWithout(holders));
    return lost;
  }

  /** Before anybody has closed the references. */
  public static SlowHeap of(HeapGraph graph) {
    SlowHeap slow = new SlowHeap(graph.objects());
    int[] classNodes = graph.classNodeOfShape();
    for (int node = 1; node <= graph.objects(); node++) {
      List<Integer> targets = slow.references.get(node);
      long at = graph.edges().start(node);
      for (boolean more = at != Edges.NONE; more; at++) {
        int entry = graph.edges().entry(at);
        add(targets, Edges.target(entry));
        more = !Edges.isLast(entry);
      }
      add(targets, classNodes[graph.shapes().shapeOf(node)]);
    }
    for (int root : graph.roots().nodes()) {
      slow.roots.add(root);
    }
    return slow;
  }

  private static void add(List<Integer> targets, int node) {
    if (node != 0) {
      targets.add(node);
    }
  }
}
