package io.tare.heap.query;

import io.tare.heap.answers.Labels;
import io.tare.heap.answers.ObjectReader;
import io.tare.model.heap.HeapValue;
import java.util.ArrayList;
import java.util.List;

/** Gives the objects of rows what tells them from others of their class; of a list of values the first ones stay. */
final class RowLabels {
  private static final int MOST_OF_MANY = 100;

  private RowLabels() {}

  static List<List<HeapValue>> labelled(List<List<HeapValue>> rows, ObjectReader reader) {
    List<List<HeapValue>> cut = rows.stream().map(row -> row.stream().map(RowLabels::cut).toList()).toList();
    List<Long> references = new ArrayList<>();
    cut.forEach(row -> row.forEach(value -> collect(value, references)));
    Labels labels = new Labels(reader);
    labels.prefetch(references);
    return cut.stream().map(row -> row.stream().map(value -> labelled(value, labels)).toList()).toList();
  }

  private static HeapValue cut(HeapValue value) {
    return value instanceof HeapValue.Many(List<HeapValue> values, long count)
        ? new HeapValue.Many(values.stream().limit(MOST_OF_MANY).toList(), count)
        : value;
  }

  private static void collect(HeapValue value, List<Long> references) {
    if (value instanceof HeapValue.Reference reference) {
      references.add(reference.address());
    } else if (value instanceof HeapValue.Many many) {
      many.values().forEach(one -> collect(one, references));
    }
  }

  private static HeapValue labelled(HeapValue value, Labels labels) {
    return switch (value) {
      case HeapValue.Reference(long address, String className, String _) -> new HeapValue.Reference(address, className,
          labels.of(address));
      case HeapValue.Many many -> new HeapValue.Many(
          many.values().stream().map(one -> labelled(one, labels)).toList(), many.count());
      default -> value;
    };
  }
}
