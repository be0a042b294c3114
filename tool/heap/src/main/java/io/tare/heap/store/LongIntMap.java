package io.tare.heap.store;

/** A map from longs to ints by open addressing, on the Java heap: for thousands of entries, not for every object. */
public final class LongIntMap {
  private static final int FIRST_CAPACITY = 64;

  private long[] keys = new long[FIRST_CAPACITY];
  private int[] values = new int[FIRST_CAPACITY];
  private boolean[] taken = new boolean[FIRST_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  public int getOrDefault(long key, int otherwise) {
    int slot = slot(key);
    return taken[slot] ? values[slot] : otherwise;
  }

  public boolean contains(long key) {
    return taken[slot(key)];
  }

  public void put(long key, int value) {
    // Making the place may make new arrays.
    int slot = place(key);
    values[slot] = value;
  }

  /** Adds to the value of a key, which is 0 at first. */
  public void add(long key, int value) {
    int slot = place(key);
    values[slot] += value;
  }

  /** What is done with one entry. */
  public interface Entry {
    void accept(long key, int value);
  }

  /** In no order. */
  public void forEach(Entry entry) {
    for (int i = 0; i < keys.length; i++) {
      if (taken[i]) {
        entry.accept(keys[i], values[i]);
      }
    }
  }

  /** The slot of a key, made if need be. */
  private int place(long key) {
    int slot = slot(key);
    if (!taken[slot]) {
      if (size >= keys.length >>> 1) {
        grow();
        slot = slot(key);
      }
      taken[slot] = true;
      keys[slot] = key;
      size++;
    }
    return slot;
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) Mix.mix(key) & mask;
    while (taken[slot] && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldValues = values;
    boolean[] oldTaken = taken;
    keys = new long[oldKeys.length * 2];
    values = new int[oldKeys.length * 2];
    taken = new boolean[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldTaken[i]) {
        int slot = slot(oldKeys[i]);
        taken[slot] = true;
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  /** Spreads the bits of a number over the whole word. */
  public static final class Mix {
    private Mix() {}

    public static long mix(long value) {
      long mixed = (value ^ (value >>> 32)) * 0x9E3779B97F4A7C15L;
      return mixed ^ (mixed >>> 29);
    }
  }
}
