package io.tare.heap.lookup;

import io.tare.heap.answers.FieldValues;
import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.model.heap.HeapField;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The fields of an object, the elements of an array, the static fields of a class, with their values. */
final class FieldList {
  private static final int MOST_ELEMENTS = 100;

  private final HeapView view;
  private final ObjectReader reader;
  private final Labels labels;

  FieldList(HeapView view, Labels labels) {
    this.view = view;
    this.reader = view.reader();
    this.labels = labels;
  }

  List<HeapField> of(ObjectRecord record) {
    List<HeapField> fields = switch (record) {
      case ObjectRecord.Instance instance -> ofInstance(instance);
      case ObjectRecord.Array array -> ofArray(array);
      case ObjectRecord.Mirror mirror -> ofClass(mirror);
    };
    labels.prefetch(fields.stream().map(field -> address(field.value())).filter(address -> address != 0).toList());
    return fields.stream().map(this::labelled).toList();
  }

  /** Elements that are not listed. */
  static long leftOut(ObjectRecord record) {
    return record instanceof ObjectRecord.Array array ? Math.max(0, array.count() - MOST_ELEMENTS) : 0;
  }

  private List<HeapField> ofInstance(ObjectRecord.Instance instance) {
    List<HeapField> fields = new ArrayList<>();
    for (FieldAt field : instance.heapClass().fields()) {
      String declaredIn = field.declaringClass() < 0
          ? ""
          : view.graph().index().classes().get(field.declaringClass()).name();
      fields.add(new HeapField(field.name(), declaredIn, FieldValues.typeName(field.type()),
          value(field.type(), reader.value(instance, field))));
    }
    return fields;
  }

  private List<HeapField> ofArray(ObjectRecord.Array array) {
    List<HeapField> elements = new ArrayList<>();
    for (int i = 0; i < Math.min(array.count(), MOST_ELEMENTS); i++) {
      elements.add(new HeapField("[" + i + "]", "", FieldValues.typeName(array.type()),
          value(array.type(), reader.element(array, i))));
    }
    return elements;
  }

  private List<HeapField> ofClass(ObjectRecord.Mirror mirror) {
    List<HeapField> fields = new ArrayList<>();
    for (ClassDump.StaticField field : mirror.dump().statics()) {
      String name = view.graph().index().outline().names().get(field.nameId());
      fields.add(new HeapField("static " + name, mirror.described().name(), FieldValues.typeName(field.type()),
          value(field.type(), OptionalLong.of(field.value()))));
    }
    return fields;
  }

  private HeapValue value(int type, OptionalLong raw) {
    return FieldValues.of(type, raw, view);
  }

  private HeapField labelled(HeapField field) {
    return field.value() instanceof HeapValue.Reference(long address, String className, String _)
        ? new HeapField(field.name(), field.declaredIn(), field.type(),
            new HeapValue.Reference(address, className, labels.of(address)))
        : field;
  }

  private static long address(HeapValue value) {
    return value instanceof HeapValue.Reference reference ? reference.address() : 0;
  }
}
