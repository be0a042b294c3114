package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.model.heap.DominatorNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an object alone holds directly: some big objects, the rest by class. */
final class Dominated {
  private static final int MOST_SINGLE = 10;
  private static final int MOST_CLASSES = 10;

  private Dominated() {}

  static List<DominatorNode> by(int holder, HeapView view, Labels labels) {
    List<Integer> children = new ArrayList<>();
    for (int node = 1; node <= view.graph().objects(); node++) {
      if (view.reach().reached(node) && view.tree().dominator(node) == holder) {
        children.add(node);
      }
    }
    children.sort(Comparator.comparingLong((Integer node) -> view.retainedBytes(node)).reversed()
        .thenComparing(node -> node));
    List<Integer> single = children.subList(0, Math.min(MOST_SINGLE, children.size()));
    labels.prefetch(single.stream().map(view::address).toList());
    List<DominatorNode> held = new ArrayList<>(single.stream().map(node -> one(node, view, labels)).toList());
    held.addAll(byClass(children.subList(single.size(), children.size()), view));
    return held;
  }

  private static DominatorNode one(int node, HeapView view, Labels labels) {
    long address = view.address(node);
    return new DominatorNode(address, view.classOf(node).name(), labels.of(address), 1,
        view.graph().shapes().shallowBytes(node), view.retainedBytes(node), List.of());
  }

  private static List<DominatorNode> byClass(List<Integer> nodes, HeapView view) {
    Map<String, long[]> sums = new HashMap<>();
    for (int node : nodes) {
      long[] sum = sums.computeIfAbsent(view.classOf(node).name(), name -> new long[3]);
      sum[0]++;
      sum[1] += view.graph().shapes().shallowBytes(node);
      sum[2] += view.retainedBytes(node);
    }
    List<DominatorNode> groups = new ArrayList<>();
    sums.forEach((name, sum) -> groups.add(new DominatorNode(0, name, "", sum[0], sum[1], sum[2], List.of())));
    groups.sort(Comparator.comparingLong(DominatorNode::retainedBytes).reversed()
        .thenComparing(DominatorNode::className));
    return groups.stream().limit(MOST_CLASSES).toList();
  }
}
