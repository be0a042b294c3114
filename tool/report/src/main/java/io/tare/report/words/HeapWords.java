package io.tare.report.words;

import io.tare.model.heap.HeapValue;

/** Objects and values of a heap, as people read them. */
public final class HeapWords {
  private HeapWords() {}

  /** {@code java.lang.String @ 0x7f… "text"}: what identifies it stands first, so that a cut at the end does no harm. */
  public static String object(String className, String label, long address) {
    return (className.isEmpty() ? "(not in the dump)" : className) + " @ " + address(address)
        + (label.isEmpty() ? "" : " " + label);
  }

  public static String address(long address) {
    return "0x" + Long.toHexString(address);
  }

  public static String value(HeapValue value) {
    return switch (value) {
      case HeapValue.Nothing _ -> "null";
      case HeapValue.Whole whole -> Long.toString(whole.number());
      case HeapValue.Decimal decimal -> Double.toString(decimal.number());
      case HeapValue.Flag flag -> Boolean.toString(flag.value());
      case HeapValue.Text text -> text.text();
      case HeapValue.Reference reference -> object(reference.className(), reference.label(), reference.address());
    };
  }
}
