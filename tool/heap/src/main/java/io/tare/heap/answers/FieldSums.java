package io.tare.heap.answers;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.HashMap;
import java.util.Map;

/** Adds up one number field of every reached object of some classes. One thread's own. */
final class FieldSums implements HeapVisitor {
  private final HeapView view;
  private final Map<Integer, FieldAt> fields;
  private final Map<Integer, Long> sums = new HashMap<>();
  private long lastClassId;
  private int lastClass = -1;

  /** The field of every class that counts, by class number. */
  FieldSums(HeapView view, Map<Integer, FieldAt> fields) {
    this.view = view;
    this.fields = fields;
  }

  Map<Integer, Long> sums() {
    return sums;
  }

  @Override
  public void instance(long id, long classId, Window values, int length) {
    if (classId != lastClassId || lastClass < 0) {
      lastClassId = classId;
      lastClass = view.graph().index().classes().find(classId);
    }
    FieldAt field = fields.get(lastClass);
    if (field == null || !view.reach().reached(view.node(id))) {
      return;
    }
    int bytes = BasicType.bytes(field.type(), values.idBytes());
    if (field.offset() + bytes <= length) {
      sums.merge(lastClass, bytes == 8 ? values.i8At(field.offset()) : values.i4At(field.offset()), Long::sum);
    }
  }
}
