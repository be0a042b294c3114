package io.tare.heap.answers;

import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.index.HeapClass.Kind;
import io.tare.model.heap.Holding;
import io.tare.model.heap.PathStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Class loaders, the finalizer queue, soft references, thread-locals: what holds objects in a way of its own. */
final class Holdings {
  /** For so many loaders, the biggest, it is told what keeps them. */
  private static final int MOST_PATHS = 20;
  private static final String THREAD_LOCAL = "java.lang.ThreadLocal$ThreadLocalMap$Entry";

  private final HeapView view;
  private final LoaderNames loaders;
  private final boolean[] hasObjects;

  /** Takes by class number whether any object of a class is reached. */
  Holdings(HeapView view, LoaderNames loaders, boolean[] hasObjects) {
    this.view = view;
    this.loaders = loaders;
    this.hasObjects = hasObjects.clone();
  }

  List<Holding> list() {
    List<Holding> list = new ArrayList<>(classLoaders());
    Map<Integer, FieldAt> fields = new HashMap<>();
    for (HeapClass heapClass : view.graph().index().classes().all()) {
      heapClass.field(fieldOf(heapClass)).ifPresent(field -> fields.put(heapClass.number(), field));
    }
    ReferredClasses.count(view, fields).forEach((from, targets) -> targets
        .forEach((to, sum) -> list.add(holding(heapClass(from), heapClass(to).name(), sum))));
    list.sort(
        Comparator.comparing(Holding::kind)
            .thenComparing(Comparator.comparingLong(Holding::retainedBytes).reversed())
            .thenComparing(Holding::name));
    return list;
  }

  private static String fieldOf(HeapClass heapClass) {
    boolean holds = heapClass.kind() == Kind.SOFT || heapClass.kind() == Kind.FINAL;
    return holds ? "referent" : heapClass.name().equals(THREAD_LOCAL) ? "value" : "";
  }

  private HeapClass heapClass(int number) {
    return view.graph().index().classes().get(number);
  }

  private static Holding holding(HeapClass from, String target, ReferredClasses.Sum sum) {
    return switch (from.kind()) {
      case SOFT -> new Holding("soft references", target + " in " + from.name(), sum.objects, sum.retainedBytes,
          "freed when memory runs short");
      case FINAL -> new Holding("finalizer queue", target, sum.objects, sum.retainedBytes,
          "waiting for or registered with the finalizer");
      default -> new Holding("thread-local", target, sum.objects, sum.targetRetainedBytes, "values of thread-locals");
    };
  }

  private List<Holding> classLoaders() {
    Map<Long, Integer> classes = new HashMap<>();
    Set<Long> used = new HashSet<>();
    for (HeapClass heapClass : view.graph().index().classes().all()) {
      classes.merge(heapClass.loaderId(), 1, Integer::sum);
      if (hasObjects[heapClass.number()]) {
        used.add(heapClass.loaderId());
      }
    }
    RootPaths paths = new RootPaths(view.graph(), view.reach(), view.reader());
    List<Long> biggestFirst = loaders.all().keySet().stream()
        .filter(id -> view.node(id) != 0 && view.reach().reached(view.node(id)))
        .sorted(
            Comparator.comparingLong((Long id) -> view.retainedBytes(view.node(id))).reversed().thenComparing(id -> id))
        .toList();
    List<Holding> list = new ArrayList<>();
    for (long id : biggestFirst) {
      String keptBy = list.size() < MOST_PATHS ? keptBy(paths.to(view.node(id))) : "";
      String dead = used.contains(id) ? "" : "no object of its classes is left; ";
      list.add(new Holding("class loader", loaders.all().getOrDefault(id, ""), classes.getOrDefault(id, 0),
          view.retainedBytes(view.node(id)), dead + keptBy));
    }
    return list;
  }

  private static String keptBy(List<PathStep> path) {
    return path.size() < 2 ? "kept by a root: " + path.getFirst().reference() : "kept by " + Holder.words(path);
  }
}
