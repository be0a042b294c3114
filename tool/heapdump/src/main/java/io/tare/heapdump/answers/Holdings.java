package io.tare.heapdump.answers;

import io.tare.heapdump.index.HeapClass;
import io.tare.heapdump.index.HeapClass.Kind;
import io.tare.model.heap.Holding;
import io.tare.model.heap.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Class loaders, the finalizer queue, soft references: what holds objects in a way of its own. */
final class Holdings {
  /** For so many loaders, the biggest, it is told what keeps them. */
  private static final int MOST_PATHS = 20;

  private final HeapView view;
  private final LoaderNames loaders;
  private final Map<Integer, long[]> byClass = new HashMap<>();

  Holdings(HeapView view, LoaderNames loaders) {
    this.view = view;
    this.loaders = loaders;
    Reached.each(view, heapClass -> heapClass.kind() == Kind.SOFT || heapClass.kind() == Kind.FINAL, node -> {
      long[] sum = byClass.computeIfAbsent(view.classOf(node).number(), key -> new long[2]);
      sum[0]++;
      sum[1] += view.retainedBytes(node);
    });
  }

  List<Holding> list() {
    List<Holding> list = new ArrayList<>(classLoaders());
    byClass.forEach((number, sum) -> {
      HeapClass heapClass = view.graph().index().classes().get(number);
      boolean soft = heapClass.kind() == Kind.SOFT;
      String details = soft ? "freed when memory runs short" : "waiting for or registered with the finalizer";
      list.add(new Holding(soft ? "soft references" : "finalizer queue", heapClass.name(), sum[0], sum[1], details));
    });
    list.sort(
        Comparator.comparing(Holding::kind)
            .thenComparing(Comparator.comparingLong(Holding::retainedBytes).reversed())
            .thenComparing(Holding::name));
    return list;
  }

  private List<Holding> classLoaders() {
    Map<Long, Integer> classes = new HashMap<>();
    view.graph().index().classes().all().forEach(heapClass -> classes.merge(heapClass.loaderId(), 1, Integer::sum));
    RootPaths paths = new RootPaths(view.graph(), view.reach(), view.reader());
    List<Long> biggestFirst = loaders.all().keySet().stream()
        .filter(id -> view.node(id) != 0 && view.reach().reached(view.node(id)))
        .sorted(
            Comparator.comparingLong((Long id) -> view.retainedBytes(view.node(id))).reversed().thenComparing(id -> id))
        .toList();
    List<Holding> list = new ArrayList<>();
    for (long id : biggestFirst) {
      String keptBy = list.size() < MOST_PATHS ? keptBy(paths.to(view.node(id))) : "";
      list.add(new Holding("class loader", loaders.all().getOrDefault(id, ""), classes.getOrDefault(id, 0),
          view.retainedBytes(view.node(id)), keptBy));
    }
    return list;
  }

  private static String keptBy(List<PathStep> path) {
    return path.size() < 2 ? "kept by a root: " + path.getFirst().reference() : "kept by " + Holder.words(path);
  }
}
