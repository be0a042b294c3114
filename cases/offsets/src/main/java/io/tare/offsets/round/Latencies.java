package io.tare.offsets.round;

/** How long the last blocks of updates took: a ring of fixed size. */
final class Latencies {
  private static final int KEPT = 8_192;

  private final long[] nanos = new long[KEPT];
  private int recorded;

  void record(long blockNanos) {
    nanos[recorded++ % KEPT] = blockNanos;
  }
}
