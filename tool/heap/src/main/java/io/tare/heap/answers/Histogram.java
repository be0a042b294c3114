package io.tare.heap.answers;

import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.ObjectTotals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts objects and bytes by class, of those that are reached and of those that are not. */
final class Histogram {
  private final HeapView view;
  private final long[] reached;
  private final long[] unreachable;

  Histogram(HeapView view) {
    this.view = view;
    HeapGraph graph = view.graph();
    Reach reach = view.reach();
    Shapes shapes = graph.shapes();
    reached = new long[shapes.count()];
    unreachable = new long[shapes.count()];
    for (int node = 1; node <= graph.objects(); node++) {
      int shape = shapes.shapeOf(node);
      if (reach.reached(node)) {
        reached[shape]++;
      } else {
        unreachable[shape]++;
      }
    }
  }

  ObjectTotals reachedTotals() {
    return totals(reached);
  }

  ObjectTotals unreachableTotals() {
    return totals(unreachable);
  }

  /** Whether any object of the class is reached, by class number. */
  boolean[] hasObjects() {
    boolean[] has = new boolean[view.graph().index().classes().count()];
    for (int shape = 1; shape < reached.length; shape++) {
      has[view.graph().shapes().classOfShape(shape)] |= reached[shape] > 0;
    }
    return has;
  }

  private ObjectTotals totals(long[] counts) {
    long objects = 0;
    long bytes = 0;
    for (int shape = 1; shape < counts.length; shape++) {
      objects += counts[shape];
      bytes += counts[shape] * view.graph().shapes().bytesOfShape(shape);
    }
    return new ObjectTotals(objects, bytes);
  }

  List<HistogramLine> byClass() {
    return lines(HeapClass::name, view.tree().ofClasses().byClass());
  }

  List<HistogramLine> byPackage() {
    return lines(HeapClass::packageName, view.tree().ofClasses().byPackage());
  }

  List<HistogramLine> byLoader(Function<HeapClass, String> loaderName) {
    return lines(loaderName, view.tree().ofClasses().byLoader());
  }

  /** Classes of the same name and other loaders are put together; only the reached ones retain something. */
  private List<HistogramLine> lines(Function<HeapClass, String> name, Optional<long[]> retainedOfClass) {
    Shapes shapes = view.graph().shapes();
    Map<String, long[]> sums = new HashMap<>();
    Map<String, Long> retained = new HashMap<>();
    for (int shape = 1; shape < reached.length; shape++) {
      if (reached[shape] > 0) {
        HeapClass heapClass = view.graph().index().classes().get(shapes.classOfShape(shape));
        String group = name.apply(heapClass);
        long[] sum = sums.computeIfAbsent(group, key -> new long[2]);
        sum[0] += reached[shape];
        sum[1] += reached[shape] * shapes.bytesOfShape(shape);
        retainedOfClass.ifPresent(bytes -> retained.merge(group, bytes[heapClass.number()], Math::max));
      }
    }
    List<HistogramLine> lines = new ArrayList<>();
    sums.forEach((group, sum) -> lines.add(new HistogramLine(group, sum[0], sum[1], known(retained.get(group)))));
    lines.sort(
        Comparator.comparingLong((HistogramLine line) -> line.retainedBytes().orElse(0))
            .thenComparingLong(HistogramLine::shallowBytes)
            .reversed()
            .thenComparing(HistogramLine::name));
    return lines;
  }

  private static OptionalLong known(@Nullable Long bytes) {
    return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes);
  }
}
