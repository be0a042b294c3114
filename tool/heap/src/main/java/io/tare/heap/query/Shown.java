package io.tare.heap.query;

import io.tare.model.heap.HeapValue;

/** A value as text. */
final class Shown {
  private Shown() {}

  static String of(HeapValue value) {
    return switch (value) {
      case HeapValue.Nothing _ -> "null";
      case HeapValue.Whole whole -> Long.toString(whole.number());
      case HeapValue.Decimal decimal -> Double.toString(decimal.number());
      case HeapValue.Flag flag -> Boolean.toString(flag.value());
      case HeapValue.Text text -> text.text();
      case HeapValue.Reference reference -> reference.className() + " @ 0x" + Long.toHexString(reference.address());
    };
  }
}
