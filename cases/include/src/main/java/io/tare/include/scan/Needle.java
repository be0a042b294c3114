package io.tare.include.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches for the three letters that all markers share, eight places at a time. */
final class Needle {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long E = 'e' * ONES;
  private static final long S = 's' * ONES;
  private static final long I = 'i' * ONES;
  private static final int LENGTH = 3;

  private Needle() {}

  /** The first place of "esi" that lies between the two, or -1. */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES + LENGTH - 1 <= to; at += Long.BYTES) {
      // A byte of this is zero exactly where the three letters start; the lowest zero is found without false hits.
      long differs = ((long) LONG.get(bytes, at) ^ E) | ((long) LONG.get(bytes, at + 1) ^ S)
          | ((long) LONG.get(bytes, at + 2) ^ I);
      long zeros = (differs - ONES) & ~differs & HIGHS;
      if (zeros != 0) {
        return at + Long.numberOfTrailingZeros(zeros) / Byte.SIZE;
      }
    }
    for (; at + LENGTH <= to; at++) {
      if (bytes[at] == 'e' && bytes[at + 1] == 's' && bytes[at + 2] == 'i') {
        return at;
      }
    }
    return -1;
  }
}
