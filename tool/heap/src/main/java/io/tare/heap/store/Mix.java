package io.tare.heap.store;

/** Spreads the bits of a number over the whole word. */
public final class Mix {
  private Mix() {}

  public static long mix(long value) {
    long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 29);
  }
}
