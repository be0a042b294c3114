package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.index.HeapClass;
import io.tare.model.heap.PathNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Merges the ways from the roots to many objects: a tree whose steps count how many lie behind them. Objects on the way that are
 * of one class and have the way before them in common are one step; roots, classes and threads stay apart, because they have
 * names. A row of objects of one class, such as a linked list, is one step too.
 */
final class PathMerge {
  private static final int MOST_STEPS = 500_000;
  private static final int MOST_SAMPLES = 4;

  /** A step with some of the references that it stands for. */
  static final class Step {
    final int node;
    final int[] samplesFrom = new int[MOST_SAMPLES];
    final int[] samplesTo = new int[MOST_SAMPLES];
    int samples;
    long objects;
    final Map<Long, Step> children = new HashMap<>();

    Step(int node) {
      this.node = node;
    }

    void sample(int from, int to) {
      if (samples < MOST_SAMPLES) {
        samplesFrom[samples] = from;
        samplesTo[samples++] = to;
      }
    }
  }

  private final HeapView view;
  private final Step root = new Step(0);
  private final List<Integer> way = new ArrayList<>();
  private int steps;
  private long leftOut;

  PathMerge(HeapView view) {
    this.view = view;
  }

  void add(int node) {
    way.clear();
    for (int at = node; at != 0; at = view.reach().parent(at)) {
      way.add(at);
    }
    Step step = root;
    step.objects++;
    int before = 0;
    for (int i = way.size() - 1; i >= 0; i--) {
      int at = way.get(i);
      if (!continues(before, at)) {
        Step next = child(step, at, before);
        if (next == null) {
          return;
        }
        next.sample(before, at);
        next.objects++;
        step = next;
      }
      before = at;
    }
  }

  /** In the middle of a row of objects of one class. */
  private boolean continues(int before, int at) {
    return before != 0 && !hasName(at) && view.graph().shapes().classOf(before) == view.graph().shapes().classOf(at);
  }

  private boolean hasName(int node) {
    HeapClass.Kind kind = view.classOf(node).kind();
    return kind == HeapClass.Kind.THREAD || view.graph().index().classes().ofNode(node).isPresent();
  }

  private @Nullable Step child(Step above, int node, int before) {
    // Nodes are positive, classes negative: the two never meet.
    long key = before == 0 || hasName(node) || isClass(before) ? node : -1L - view.graph().shapes().classOf(node);
    Step known = above.children.get(key);
    if (known == null && steps < MOST_STEPS) {
      steps++;
      known = new Step(node);
      above.children.put(key, known);
    }
    if (known == null && above != root) {
      leftOut++;
    }
    return known;
  }

  private boolean isClass(int node) {
    return view.graph().index().classes().ofNode(node).isPresent();
  }

  List<PathNode> shown() {
    return new PathNames(view).show(root);
  }

  /** Objects whose way is not told to its end, because there are too many different ones, or not listed. */
  long leftOut() {
    return leftOut + root.objects - PathNames.listed(root).stream().mapToLong(step -> step.objects).sum();
  }
}
