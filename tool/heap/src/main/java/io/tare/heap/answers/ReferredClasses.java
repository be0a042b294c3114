package io.tare.heap.answers;

import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
