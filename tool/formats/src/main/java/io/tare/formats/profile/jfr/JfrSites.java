package io.tare.formats.profile.jfr;

import java.util.Arrays;

/** Who allocated what, by the numbers of stack, class and thread: a recording has millions of events, and few of these. */
final class JfrSites {
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int KEYS = 3;
  private static final int FIRST_SLOTS = 256;

  /** Three a site, in the order in which they came. */
  private long[] keys = new long[KEYS * FIRST_SLOTS / 2];
  /** Samples and bytes. */
  private long[] sums = new long[FIRST_SLOTS];
  /** A site and one; nothing is a free slot. */
  private int[] slots = new int[FIRST_SLOTS];
  private int size;

  void add(long stack, long type, long thread, long samples, long bytes) {
    int slot = slot(stack, type, thread);
    if (slots[slot] == 0) {
      if (2 * size == slots.length) {
        grow();
        slot = slot(stack, type, thread);
      }
      keys[KEYS * size] = stack;
      keys[KEYS * size + 1] = type;
      keys[KEYS * size + 2] = thread;
      slots[slot] = ++size;
    }
    int site = slots[slot] - 1;
    sums[2 * site] += samples;
    sums[2 * site + 1] += bytes;
  }

  private int slot(long stack, long type, long thread) {
    long mixed = ((stack * MIX + type) * MIX + thread) * MIX;
    int slot = (int) (mixed >>> Integer.SIZE) & slots.length - 1;
    while (slots[slot] != 0 && !is(slots[slot] - 1, stack, type, thread)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean is(int site, long stack, long type, long thread) {
    return keys[KEYS * site] == stack && keys[KEYS * site + 1] == type && keys[KEYS * site + 2] == thread;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * keys.length);
    sums = Arrays.copyOf(sums, 2 * sums.length);
    slots = new int[2 * slots.length];
    for (int site = 0; site < size; site++) {
      slots[slot(stack(site), type(site), thread(site))] = site + 1;
    }
  }

  int size() {
    return size;
  }

  long stack(int site) {
    return keys[KEYS * site];
  }

  long type(int site) {
    return keys[KEYS * site + 1];
  }

  long thread(int site) {
    return keys[KEYS * site + 2];
  }

  long samples(int site) {
    return sums[2 * site];
  }

  long bytes(int site) {
    return sums[2 * site + 1];
  }
}
