package io.tare.heap.answers;

import io.tare.heap.answers.HeapView.Reached;
import io.tare.heap.answers.RootPaths.Holder;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
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
import java.util.TreeMap;

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

  /** Class loaders in words. */
  static final class LoaderNames {
    private final Map<Long, String> names = new HashMap<>();

    LoaderNames(HeapView view) {
      List<Long> ids = view.graph().index().classes().all().stream().map(HeapClass::loaderId).filter(id -> id != 0)
          .distinct().toList();
      Labels labels = new Labels(view.reader());
      labels.prefetch(ids);
      names.put(0L, "boot loader");
      for (long id : ids) {
        int node = view.node(id);
        String className = node == 0 ? "unknown loader" : view.classOf(node).name();
        String label = labels.of(id);
        names.put(id, className + (label.isEmpty() ? "" : " " + label) + " @ 0x" + Long.toHexString(id));
      }
    }

    String of(HeapClass heapClass) {
      return names.getOrDefault(heapClass.loaderId(), "unknown loader");
    }

    Map<Long, String> all() {
      return names;
    }
  }
}

/** Counts what one reference field of every reached object of some classes refers to, by class. One thread's own. */
final class ReferredClasses implements HeapVisitor {
  /** Objects, what they retain, what those that they refer to retain. */
  static final class Sum {
    long objects;
    long retainedBytes;
    long targetRetainedBytes;

    void add(Sum other) {
      objects += other.objects;
      retainedBytes += other.retainedBytes;
      targetRetainedBytes += other.targetRetainedBytes;
    }
  }

  private final HeapView view;
  private final Map<Integer, FieldAt> fields;
  private final Map<Integer, Map<Integer, Sum>> sums = new HashMap<>();

  /** The field of every class that counts, by class number. */
  private ReferredClasses(HeapView view, Map<Integer, FieldAt> fields) {
    this.view = view;
    this.fields = fields;
  }

  /** By number of the class that refers, then of the class that is referred to. References to nothing are left out. */
  static Map<Integer, Map<Integer, Sum>> count(HeapView view, Map<Integer, FieldAt> fields) {
    Map<Integer, Map<Integer, Sum>> all = new TreeMap<>();
    if (!fields.isEmpty()) {
      view.graph().index().passes()
          .walk(Reached.parts(view, fields.keySet()), () -> new ReferredClasses(view, fields))
          .forEach(
              pass -> pass.sums.forEach((from, targets) -> targets.forEach((to, sum) -> at(all, from, to).add(sum))));
    }
    return all;
  }

  private static Sum at(Map<Integer, Map<Integer, Sum>> sums, int from, int to) {
    return sums.computeIfAbsent(from, key -> new TreeMap<>()).computeIfAbsent(to, key -> new Sum());
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    int number = view.graph().index().classes().find(classId);
    FieldAt field = fields.get(number);
    if (field == null || field.offset() + values.idBytes() > length) {
      return;
    }
    int node = view.node(id);
    int target = view.node(values.idAt(field.offset()));
    if (target != 0 && view.reach().reached(node)) {
      Sum sum = at(sums, number, view.classOf(target).number());
      sum.objects++;
      sum.retainedBytes += view.retainedBytes(node);
      sum.targetRetainedBytes += view.reach().reached(target) ? view.retainedBytes(target) : 0;
    }
  }
}
