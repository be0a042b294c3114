package io.tare.include.scan;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Searches for what all markers have in them, "esi:" or "-esi", eight places at a time. */
final class Needle {
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;
  private static final long E = 'e' * ONES;
  private static final long S = 's' * ONES;
  private static final long I = 'i' * ONES;
  private static final long COLON = ':' * ONES;
  private static final long DASH = '-' * ONES;
  private static final int LETTERS = 3;
  private static final int BLOCK = 256;

  private Needle() {}

  /** The first place of the three letters behind the given one, with a colon behind or a dash before them; or -1. */
  static int find(byte[] bytes, int from, int to) {
    int at = from + 1;
    // No way out of the inner loop: the compiler makes vector instructions of it, which search several times faster.
    while (at + BLOCK + LETTERS <= to) {
      long hits = 0;
      for (int i = 0; i < BLOCK; i += Long.BYTES) {
        hits |= hits(bytes, at + i);
      }
      if (hits != 0) {
        break;
      }
      at += BLOCK;
    }
    for (; at + Long.BYTES + LETTERS <= to; at += Long.BYTES) {
      long hits = hits(bytes, at);
      if (hits != 0) {
        return at + Long.numberOfTrailingZeros(hits) / Byte.SIZE;
      }
    }
    return findSlowly(bytes, at, to);
  }

  /** The high bit of each byte where a needle starts. Above the lowest one there may be false ones. */
  private static long hits(byte[] bytes, int at) {
    long letters = ((long) LONG.get(bytes, at) ^ E) | ((long) LONG.get(bytes, at + 1) ^ S)
        | ((long) LONG.get(bytes, at + 2) ^ I);
    long beforeColon = letters | ((long) LONG.get(bytes, at + LETTERS) ^ COLON);
    long behindDash = letters | ((long) LONG.get(bytes, at - 1) ^ DASH);
    // A byte is zero exactly where all of its letters agree.
    return (((beforeColon - ONES) & ~beforeColon) | ((behindDash - ONES) & ~behindDash)) & HIGHS;
  }

  private static int findSlowly(byte[] bytes, int from, int to) {
    for (int at = from; at + LETTERS <= to; at++) {
      boolean letters = bytes[at] == 'e' && bytes[at + 1] == 's' && bytes[at + 2] == 'i';
      if (letters && (bytes[at - 1] == '-' || (at + LETTERS < to && bytes[at + LETTERS] == ':'))) {
        return at;
      }
    }
    return -1;
  }
}
