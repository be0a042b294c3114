package io.tare.heap.answers;

import io.tare.heap.index.HeapClass;
import io.tare.heap.store.LongIntMap;
import io.tare.model.heap.DominatorNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The big objects of the dominator tree: each with its big children, and its small ones put together by class.
 *
 * <p>Object 0 stands for the roots.
 */
final class DominatorForest {
  private static final int MOST_NODES = 4000;
  private static final int PARTS = 2000;
  private static final int MOST_GROUPS = 8;
  private static final int DEEPEST = 60;

  /** Small objects of one class below one big object. */
  record Group(HeapClass heapClass, long objects, long shallowBytes, long retainedBytes) {}

  private final HeapView view;
  private final LongIntMap places = new LongIntMap();
  private final BitSet big = new BitSet();
  private final List<Integer> nodes = new ArrayList<>();
  private final List<List<Integer>> children = new ArrayList<>();
  private final Map<Long, long[]> small = new HashMap<>();
  private final Map<Integer, List<Group>> groups = new HashMap<>();

  DominatorForest(HeapView view) {
    this.view = view;
    collectBig(threshold());
    collectSmall();
  }

  /** High enough that not too many objects are above it. */
  private long threshold() {
    long least = Math.max(1, view.retainedBytes(0) / PARTS);
    long[] above = new long[64 * 8];
    for (int node = 1; node <= view.graph().objects(); node++) {
      long bytes = view.retainedBytes(node);
      if (bytes >= least) {
        above[step(bytes)]++;
      }
    }
    long count = 0;
    for (int step = above.length - 1; step >= 0; step--) {
      count += above[step];
      if (count > MOST_NODES) {
        // In a long list too many objects are large: those nearest to a root stand for it.
        return Math.max(least, Math.min(stepStart(step + 1), view.retainedBytes(0) / 10));
      }
    }
    return least;
  }

  private static int step(long bytes) {
    int log = 63 - Long.numberOfLeadingZeros(bytes);
    return log * 8 + (log < 3 ? 0 : (int) (bytes >>> (log - 3)) & 7);
  }

  private static long stepStart(int step) {
    int log = step / 8;
    return log < 3 ? 1L << log : (8L + step % 8) << (log - 3);
  }

  private void collectBig(long threshold) {
    add(0);
    int[] found = IntStream.rangeClosed(1, view.graph().objects())
        .filter(node -> view.retainedBytes(node) >= threshold).limit(MOST_NODES + 1L).toArray();
    if (found.length <= MOST_NODES) {
      Arrays.stream(found).forEach(this::add);
    } else {
      addNearest(threshold);
    }
    for (int place = 1; place < nodes.size(); place++) {
      int above = places.getOrDefault(view.tree().dominator(nodes.get(place)), 0);
      children.get(above).add(nodes.get(place));
    }
    Comparator<Integer> biggestFirst = Comparator.comparingLong(view::retainedBytes);
    children.forEach(list -> list.sort(biggestFirst.reversed().thenComparing(node -> node)));
  }

  /** Too many are large: those nearest to a root. */
  private void addNearest(long threshold) {
    for (int i = 0; i < view.reach().count() && nodes.size() <= MOST_NODES; i++) {
      int node = view.reach().at(i);
      if (view.retainedBytes(node) >= threshold) {
        add(node);
      }
    }
  }

  private void add(int node) {
    places.put(node, nodes.size());
    big.set(node);
    nodes.add(node);
    children.add(new ArrayList<>());
  }

  private void collectSmall() {
    long lastKey = -1;
    long[] sum = new long[3];
    for (int node = 1; node <= view.graph().objects(); node++) {
      int dominator = view.reach().reached(node) ? view.tree().dominator(node) : -1;
      if (dominator >= 0 && big.get(dominator) && !big.get(node)) {
        int above = places.getOrDefault(dominator, 0);
        long key = ((long) above << 32) | view.graph().shapes().classOf(node);
        if (key != lastKey) {
          lastKey = key;
          sum = small.computeIfAbsent(key, _ -> new long[3]);
        }
        sum[0]++;
        sum[1] += view.graph().shapes().shallowBytes(node);
        sum[2] += view.retainedBytes(node);
      }
    }
    small.forEach((key, sums) -> {
      HeapClass heapClass = view.graph().index().classes().get(key.intValue());
      groups.computeIfAbsent((int) (key >>> 32), place -> new ArrayList<>())
          .add(new Group(heapClass, sums[0], sums[1], sums[2]));
    });
    small.clear();
    groups.values().forEach(list -> list.sort(
        Comparator.comparingLong(Group::retainedBytes).reversed()
            .thenComparingInt(group -> group.heapClass().number())));
  }

  /** The big objects that this one dominates directly, biggest first. */
  List<Integer> children(int node) {
    int place = places.getOrDefault(node, -1);
    return place < 0 ? List.of() : children.get(place);
  }

  /** The small ones by class, biggest sum first. */
  List<Group> groups(int node) {
    return groups.getOrDefault(places.getOrDefault(node, -1), List.of());
  }

  /** The whole forest to be shown. */
  List<DominatorNode> show(Labels labels) {
    labels.prefetch(nodes.stream().skip(1).map(view::address).toList());
    return below(0, labels, 0);
  }

  private List<DominatorNode> below(int node, Labels labels, int depth) {
    List<DominatorNode> shown = new ArrayList<>();
    if (depth < DEEPEST) {
      children(node).forEach(child -> shown.add(one(child, labels, depth)));
    }
    groups(node).stream().limit(MOST_GROUPS).forEach(group -> shown.add(many(group)));
    shown.sort(Comparator.comparingLong(DominatorNode::retainedBytes).reversed());
    return shown;
  }

  private DominatorNode one(int node, Labels labels, int depth) {
    long address = view.address(node);
    return new DominatorNode(
        address,
        view.classOf(node).name(),
        labels.of(address),
        1,
        view.graph().shapes().shallowBytes(node),
        view.retainedBytes(node),
        below(node, labels, depth + 1));
  }

  private static DominatorNode many(Group group) {
    return new DominatorNode(
        0, group.heapClass().name(), "", group.objects(), group.shallowBytes(), group.retainedBytes(), List.of());
  }

  /** Numbers of the big objects without 0, for those who look for single ones. */
  int[] bigNodes() {
    return Arrays.copyOfRange(nodes.stream().mapToInt(Integer::intValue).toArray(), 1, nodes.size());
  }
}
