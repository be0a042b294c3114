package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.RootPaths.ReferenceNames;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.index.HeapClass;
import io.tare.heap.lookup.PathMerge.Step;
import io.tare.model.heap.PathNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** The big steps of merged ways in words. */
final class PathNames {
  private static final int MOST_CHILDREN = 8;
  private static final int DEEPEST = 60;
  private static final long LEAST_PER_MILLE = 5;

  private final HeapView view;
  private final Labels labels;
  private final ReferenceNames names;

  PathNames(HeapView view) {
    this.view = view;
    this.labels = new Labels(view.reader());
    this.names = new ReferenceNames(view.reader(), view.graph().index().outline().names());
  }

  List<PathNode> show(Step root) {
    List<Long> read = new ArrayList<>();
    gather(root, read, 0);
    labels.prefetch(read);
    return children(root, 0);
  }

  private void gather(Step step, List<Long> read, int depth) {
    for (Step child : depth < DEEPEST ? listed(step) : List.<Step>of()) {
      for (int i = 0; i < child.samples; i++) {
        if (child.samplesFrom[i] != 0) {
          read.add(view.address(child.samplesFrom[i]));
        }
      }
      read.add(view.address(child.node));
      gather(child, read, depth + 1);
    }
  }

  /** The steps that are told one by one, most objects first. */
  static List<Step> listed(Step step) {
    long least = Math.max(1, step.objects * LEAST_PER_MILLE / 1000);
    return step.children.values().stream().filter(child -> child.objects >= least)
        .sorted(
            Comparator.comparingLong((Step child) -> child.objects).reversed().thenComparingInt(child -> child.node))
        .limit(MOST_CHILDREN).toList();
  }

  private List<PathNode> children(Step step, int depth) {
    List<PathNode> nodes = new ArrayList<>();
    for (Step child : depth < DEEPEST ? listed(step) : List.<Step>of()) {
      List<Step> below = listed(child);
      long behind = child.children.values().stream().mapToLong(next -> next.objects).sum();
      long told = depth + 1 < DEEPEST ? below.stream().mapToLong(next -> next.objects).sum() : 0;
      nodes.add(new PathNode(reference(child), view.classOf(child.node).name(), label(child.node), child.objects,
          children(child, depth + 1), behind - told));
    }
    return nodes;
  }

  private String label(int node) {
    HeapClass.Kind kind = view.classOf(node).kind();
    boolean hasName = kind == HeapClass.Kind.THREAD || view.graph().index().classes().ofNode(node).isPresent();
    return hasName ? labels.of(view.address(node)) : "";
  }

  private String reference(Step step) {
    Set<String> references = new LinkedHashSet<>();
    for (int i = 0; i < step.samples; i++) {
      references.add(step.samplesFrom[i] == 0 ? root(step.node) : reference(step.samplesFrom[i], step.samplesTo[i]));
    }
    boolean elements = references.size() > 1 && references.stream().allMatch(name -> name.startsWith("["));
    return elements ? "[…]" : String.join(" | ", references);
  }

  private String root(int node) {
    Root root = view.graph().roots().roots().get(node);
    return root == null ? Root.Kind.UNKNOWN.words() : root.kind().words();
  }

  private String reference(int from, int to) {
    String name = view.reader().find(view.address(from)).map(record -> names.of(record, view.address(to))).orElse("");
    return name.isEmpty() ? "local variable" : name;
  }
}
