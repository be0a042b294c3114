package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Of many reached objects those that hold the most. */
final class BiggestObjects {
  private final HeapView view;
  private final int most;
  private final Comparator<Integer> biggestFirst;
  private final PriorityQueue<Integer> kept;

  BiggestObjects(HeapView view, int most) {
    this.view = view;
    this.most = most;
    Comparator<Integer> byBytes = Comparator.comparingLong(view::retainedBytes);
    this.biggestFirst = byBytes.reversed().thenComparing(node -> node);
    this.kept = new PriorityQueue<>(biggestFirst.reversed());
  }

  void add(int node) {
    // Most of many are smaller than the smallest that is kept.
    if (kept.size() == most && view.retainedBytes(node) < view.retainedBytes(kept.element())) {
      return;
    }
    kept.add(node);
    if (kept.size() > most) {
      kept.remove();
    }
  }

  List<Integer> list() {
    return kept.stream().sorted(biggestFirst).toList();
  }
}
