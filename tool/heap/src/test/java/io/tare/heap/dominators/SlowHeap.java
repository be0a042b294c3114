package io.tare.heap.dominators;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** The slow obvious reference: take a set of objects away and see what the roots don't reach any more. */
final class SlowHeap {
  final List<List<Integer>> references = new ArrayList<>();
  final List<Integer> roots = new ArrayList<>();

  SlowHeap(int objects) {
    for (int i = 0; i <= objects; i++) {
      references.add(new ArrayList<>());
    }
  }

  /** Objects that the roots reach without going through those that are taken away. */
  BitSet reachedWithout(BitSet away) {
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

  /** What only the given objects hold, themselves included. */
  BitSet retainedBy(BitSet holders) {
    BitSet lost = reachedWithout(new BitSet());
    lost.andNot(reachedWithout(holders));
    return lost;
  }
}
