package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.graph.ObjectScan;
import io.tare.heap.index.Classes;
import io.tare.heap.index.Classes.ClassSearch;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import io.tare.model.heap.HeapClassAnswer;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.ObjectLine;
import io.tare.model.heap.ObjectTotals;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Answers {@code --class NAME}. */
public final class ClassLookup {
  private static final int MOST_BIGGEST = 20;

  private final HeapView view;
  private final BitSet wanted = new BitSet();
  private final Map<String, long[]> byClass = new TreeMap<>();
  private final PriorityQueue<Integer> biggest;
  private long garbage;
  private long garbageBytes;

  private ClassLookup(HeapView view, List<HeapClass> classes) {
    this.view = view;
    classes.forEach(heapClass -> wanted.set(heapClass.number()));
    this.biggest = new PriorityQueue<>(Comparator.comparingLong((Integer node) -> view.retainedBytes(node))
        .thenComparing(Comparator.<Integer>naturalOrder().reversed()));
  }

  /**
   * The objects of the classes of that name, or of those that fit the pattern.
   *
   * @throws NotInDump if no class has that name or fits the pattern
   */
  public static HeapClassAnswer of(String name, HeapView view) throws NotInDump {
    List<HeapClass> classes = find(name, view.graph().index().classes());
    return new ClassLookup(view, classes).answer(name, classes);
  }

  /** Refuses a name that no class has. Classes without a name of their own are known only after an analysis. */
  public static void foresee(String name, Classes names) throws NotInDump {
    if (!name.startsWith("unknown class")) {
      find(name, names);
    }
  }

  /**
   * The classes of that name, or that fit the pattern.
   *
   * @throws NotInDump if there are none
   */
  static List<HeapClass> find(String name, Classes all) throws NotInDump {
    List<HeapClass> classes = ClassSearch.fitting(all, name);
    if (classes.isEmpty()) {
      throw new NotInDump("there is no class " + name + " in this dump." + ClassSearch.hint(all, name));
    }
    return classes;
  }

  private HeapClassAnswer answer(String name, List<HeapClass> classes) {
    PathMerge paths = new PathMerge(view);
    Shapes shapes = view.graph().shapes();
    boolean[] isWanted = new boolean[shapes.count()];
    for (int shape = 1; shape < isWanted.length; shape++) {
      isWanted[shape] = wanted.get(shapes.classOfShape(shape));
    }
    Optional<long[]> retainedByClass = view.tree().ofClasses().byClass();
    new ObjectScan(shapes, isWanted, Optional.empty()).each(node -> {
      count(node, retainedByClass);
      if (view.reach().reached(node)) {
        paths.add(node);
        keepBiggest(node);
      }
    });
    List<HistogramLine> lines = lines();
    ObjectTotals reached = new ObjectTotals(lines.stream().mapToLong(HistogramLine::objects).sum(),
        lines.stream().mapToLong(HistogramLine::shallowBytes).sum());
    OptionalLong retained = lines.size() == 1 ? lines.getFirst().retainedBytes() : OptionalLong.empty();
    return new HeapClassAnswer(name, lines, classObjects(classes), reached, new ObjectTotals(garbage, garbageBytes),
        retained, biggest(),
        paths.shown(), paths.leftOut());
  }

  private void count(int node, Optional<long[]> retainedByClass) {
    long bytes = view.graph().shapes().shallowBytes(node);
    if (!view.reach().reached(node)) {
      garbage++;
      garbageBytes += bytes;
      return;
    }
    HeapClass heapClass = view.classOf(node);
    long[] sum = byClass.computeIfAbsent(heapClass.name(), key -> new long[] {0, 0, -1});
    sum[0]++;
    sum[1] += bytes;
    retainedByClass.ifPresent(retained -> sum[2] = Math.max(sum[2], retained[heapClass.number()]));
  }

  private void keepBiggest(int node) {
    biggest.add(node);
    if (biggest.size() > MOST_BIGGEST) {
      biggest.remove();
    }
  }

  private List<HistogramLine> lines() {
    List<HistogramLine> lines = new ArrayList<>();
    byClass.forEach((name, sum) -> lines.add(new HistogramLine(name, sum[0], sum[1],
        sum[2] < 0 ? OptionalLong.empty() : OptionalLong.of(sum[2]))));
    lines.sort(Comparator.comparingLong((HistogramLine line) -> line.retainedBytes().orElse(0)).reversed()
        .thenComparing(HistogramLine::name));
    return lines;
  }

  private List<ObjectLine> classObjects(List<HeapClass> classes) {
    return listed(
        classes.stream().map(HeapClass::node).filter(node -> node != 0 && view.reach().reached(node)).toList());
  }

  private List<ObjectLine> biggest() {
    return listed(List.copyOf(biggest));
  }

  private List<ObjectLine> listed(List<Integer> unsorted) {
    List<Integer> nodes = unsorted.stream()
        .sorted(Comparator.comparingLong((Integer node) -> view.retainedBytes(node)).reversed()
            .thenComparing(node -> node))
        .limit(MOST_BIGGEST).toList();
    Labels labels = new Labels(view.reader());
    labels.prefetch(nodes.stream().map(view::address).toList());
    return nodes.stream().map(node -> ObjectLookup.line(node, view, labels)).toList();
  }
}
