package io.tare.model.heap;

import java.util.List;

/** A value in a heap dump: what a field holds, what a query answers. */
public sealed interface HeapValue {
  /** The null reference, or something that an object does not have. */
  record Nothing() implements HeapValue {}

  record Whole(long number) implements HeapValue {}

  record Decimal(double number) implements HeapValue {}

  record Flag(boolean value) implements HeapValue {}

  record Text(String text) implements HeapValue {}

  /**
   * A reference to an object.
   *
   * @param className empty if the dump has no object there
   * @param label what tells it from others of its class; may be empty
   */
  record Reference(long address, String className, String label) implements HeapValue {}

  /**
   * Several values, such as the objects that refer to one.
   *
   * @param values all of them, or the first ones; not copied, for there may be millions that are made when they are looked at
   * @param count how many there are
   */
  record Many(List<HeapValue> values, long count) implements HeapValue {}

  HeapValue NOTHING = new Nothing();
}
