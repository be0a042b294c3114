package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.ProcessMemory;
import java.util.Arrays;

/** A few of the words that a walk saw, and where they stood: a region that was emptied and filled again has others. */
final class Traces {
  /** So far apart at most; the first of what is read at a time is always one, for there a large object begins. */
  private static final int STEP_BYTES = 1 << 16;
  private static final int MOST_PLACES = 1 << 13;

  private long[] places = new long[64];
  private int size;
  private long hash;

  void clear() {
    size = 0;
    hash = 0;
  }

  /** Remembers some of what the window holds. */
  void see(HeapWindow window) {
    for (long at = window.start(); at < window.end(); at += STEP_BYTES) {
      see(at, window.word(at));
    }
    see(window.start() + Long.BYTES, window.word(window.start() + Long.BYTES));
  }

  private void see(long place, long word) {
    if (size == MOST_PLACES) {
      return;
    }
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    places[size++] = place;
    hash = 31 * hash + word;
  }

  Trace take() {
    return new Trace(Arrays.copyOf(places, size), hash);
  }

  /** The words of one part. */
  @SuppressWarnings("ArrayRecordComponent") // thousands of numbers; never compared
  record Trace(long[] places, long hash) {
    static final Trace NONE = new Trace(new long[0], 0);

    /** Whether the same words stand at these places now. */
    boolean isStillIn(ProcessMemory memory) {
      long now = 0;
      for (long place : places) {
        now = 31 * now + memory.u64(place).orElse(0);
      }
      return now == hash;
    }
  }
}
