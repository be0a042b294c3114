package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import java.util.Arrays;

/** The smallest distance seen between an array and the next object in memory, by element type and length. */
final class ArrayGaps {
  static final int LENGTHS = 128;
  static final long NONE = Long.MAX_VALUE;

  private final long[] least = new long[BasicType.COUNT * LENGTHS];

  ArrayGaps() {
    Arrays.fill(least, NONE);
  }

  void see(int type, int length, long gap) {
    int cell = type * LENGTHS + length;
    least[cell] = Math.min(least[cell], gap);
  }

  /** {@link #NONE} if no such array was seen. */
  long least(int type, int length) {
    return least[type * LENGTHS + length];
  }

  void add(ArrayGaps other) {
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], other.least[i]);
    }
  }
}
