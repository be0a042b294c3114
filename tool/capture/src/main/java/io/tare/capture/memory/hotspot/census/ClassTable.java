package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The classes that objects name in their headers, each looked at once; also what turned out to be none.
 *
 * <p>A walk asks once an object. So a key's number and the size of its objects stand beside the key, in one open table of words that the
 * walk looks into by itself.
 */
final class ClassTable {
  static final int NONE = -1;
  /** A layout that no class has: the object tells its own size. Other layouts are the bytes of an instance, or below zero that of an array. */
  static final int OWN_SIZE = 0;
  private static final int MOST_KEYS = 1 << 20;
  static final long MIX = 0x9E3779B97F4A7C15L;
  static final int MIX_SHIFT = 31;

  private final LongFunction<Optional<JavaClass>> source;
  /** Two words a slot: the key, zero where it is free; and the {@link #entry}, zero as well. */
  private long[] slots = new long[1 << 13];
  private int size;
  private final List<JavaClass> classes = new ArrayList<>();

  ClassTable(LongFunction<Optional<JavaClass>> source) {
    this.source = source;
  }

  List<JavaClass> classes() {
    return classes;
  }

  /** The table as it is now: another one after {@link #entry} has been asked. */
  long[] slots() {
    return slots;
  }

  /** Where in the table a key stands, mostly where its mixed bits say so; or the next free slot. Zero is no key. */
  static int slot(long[] slots, long key) {
    int mask = slots.length - 2;
    int slot = (int) ((key * MIX) >>> MIX_SHIFT) & mask;
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = slot + 2 & mask;
    }
    return slot;
  }

  /** The class that the key names: its number in the upper half, {@link #NONE} where there is no class at that place; in the lower its layout. */
  long entry(long key) {
    if (key == 0) {
      return entry(NONE, 0);
    }
    int slot = slot(slots, key);
    return slots[slot] == key ? slots[slot + 1] : add(key, slot);
  }

  static int number(long entry) {
    return (int) (entry >> Integer.SIZE);
  }

  static int layout(long entry) {
    return (int) entry;
  }

  private static long entry(int number, int layout) {
    return (long) number << Integer.SIZE | (layout & 0xffff_ffffL);
  }

  private long add(long key, int slot) {
    long entry = source.apply(key).map(this::numbered).orElse(entry(NONE, 0));
    if (size < MOST_KEYS) {
      slots[slot] = key;
      slots[slot + 1] = entry;
      size++;
      if (4 * size > slots.length) {
        grow();
      }
    }
    return entry;
  }

  private long numbered(JavaClass added) {
    int number = classes.size();
    if (number == MOST_KEYS) {
      return entry(NONE, 0);
    }
    classes.add(added);
    return entry(number, added.ownSizeAt() >= 0 ? OWN_SIZE : added.layout() < 0 ? added.layout() : added.layout() & ~7);
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int slot = slot(slots, old[i]);
        slots[slot] = old[i];
        slots[slot + 1] = old[i + 1];
      }
    }
  }
}
