package io.tare.formats.profile.jfr;

import java.util.Arrays;

/** Numbers 0, 1, 2 … for keys in the order in which they come, without an object for any: tables have millions of them. */
final class JfrNumbering {
  private static final long MIX = 0x9E3779B97F4A7C15L;
  private static final int FIRST_SLOTS = 64;

  /** By number. */
  private long[] keys = new long[FIRST_SLOTS / 2];
  /** A number and one; nothing is a free slot. */
  private int[] slots = new int[FIRST_SLOTS];
  private int size;

  int size() {
    return size;
  }

  long key(int number) {
    return keys[number];
  }

  /** The key's number, a new one where it has none. */
  int add(long key) {
    int slot = slot(key);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    if (size == keys.length) {
      grow();
      slot = slot(key);
    }
    keys[size] = key;
    slots[slot] = ++size;
    return size - 1;
  }

  /** The key's number; -1 where it has none. */
  int find(long key) {
    return slots[slot(key)] - 1;
  }

  private int slot(long key) {
    int slot = (int) ((key * MIX) >>> Integer.SIZE) & slots.length - 1;
    while (slots[slot] != 0 && keys[slots[slot] - 1] != key) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private void grow() {
    keys = Arrays.copyOf(keys, 2 * size);
    slots = new int[4 * size];
    for (int number = 0; number < size; number++) {
      slots[slot(keys[number])] = number + 1;
    }
  }
}
