package io.tare.capture.proc;

import java.util.Arrays;

/** Collects runs of addresses that come in ascending order; those that touch become one. */
final class RunBuilder {
  private long[] starts = new long[256];
  private long[] ends = new long[256];
  private int count;

  void add(long start, long end) {
    if (count > 0 && ends[count - 1] == start) {
      ends[count - 1] = end;
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** Drops what was added at or above the address. */
  void cutAt(long address) {
    while (count > 0 && starts[count - 1] >= address) {
      count--;
    }
    if (count > 0) {
      ends[count - 1] = Math.min(ends[count - 1], address);
    }
  }

  long[] starts() {
    return Arrays.copyOf(starts, count);
  }

  long[] ends() {
    return Arrays.copyOf(ends, count);
  }
}
