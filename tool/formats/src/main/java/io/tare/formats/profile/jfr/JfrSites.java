package io.tare.formats.profile.jfr;

import java.util.Arrays;

/** Who allocated what, by the numbers of stack, class and thread within one chunk: a recording has millions of events, and few of these. */
final class JfrSites {
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int KEYS = 3;
  private static final int FIRST_SLOTS = 1 << 10;

  /** Three a slot. */
  private long[] keys = new long[KEYS * FIRST_SLOTS];
  /** Samples and bytes; a slot without samples is free. */
  private long[] sums = new long[2 * FIRST_SLOTS];
  private int size;

  void add(long stack, long type, long thread, long bytes) {
    add(stack, type, thread, 1, bytes);
  }

  private void add(long stack, long type, long thread, long samples, long bytes) {
    int slots = sums.length / 2;
    long mixed = ((stack * MIX + type) * MIX + thread) * MIX;
    int slot = (int) (mixed >>> Integer.SIZE) & slots - 1;
    while (sums[2 * slot] != 0
        && (keys[KEYS * slot] != stack || keys[KEYS * slot + 1] != type || keys[KEYS * slot + 2] != thread)) {
      slot = slot + 1 & slots - 1;
    }
    if (sums[2 * slot] == 0) {
      size++;
      keys[KEYS * slot] = stack;
      keys[KEYS * slot + 1] = type;
      keys[KEYS * slot + 2] = thread;
    }
    sums[2 * slot] += samples;
    sums[2 * slot + 1] += bytes;
    if (2 * size > slots) {
      grow();
    }
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldSums = sums;
    keys = new long[2 * oldKeys.length];
    sums = new long[2 * oldSums.length];
    size = 0;
    for (int slot = 0; slot < oldSums.length / 2; slot++) {
      if (oldSums[2 * slot] != 0) {
        add(oldKeys[KEYS * slot], oldKeys[KEYS * slot + 1], oldKeys[KEYS * slot + 2], oldSums[2 * slot],
            oldSums[2 * slot + 1]);
      }
    }
  }

  /** One of them: what it is, and what was counted there. */
  record Site(long stack, long type, long thread, long samples, long bytes) {}

  Site[] all() {
    Site[] all = new Site[size];
    int next = 0;
    for (int slot = 0; slot < sums.length / 2; slot++) {
      if (sums[2 * slot] != 0) {
        all[next++] = new Site(keys[KEYS * slot], keys[KEYS * slot + 1], keys[KEYS * slot + 2], sums[2 * slot],
            sums[2 * slot + 1]);
      }
    }
    return Arrays.copyOf(all, next);
  }
}
