package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/** The classes that objects name in their headers, each looked at once; also what turned out to be none. */
final class ClassTable {
  static final int NONE = -1;
  private static final int MOST_KEYS = 1 << 20;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final LongFunction<Optional<JavaClass>> source;
  private long[] keys = new long[1 << 14];
  private int[] numbers = new int[1 << 14];
  private int size;
  private final List<JavaClass> classes = new ArrayList<>();
  private int[] layouts = new int[1 << 10];
  /** Where objects of the class tell their own size, plus one; zero where all are alike. */
  private int[] sizesAt = new int[1 << 10];

  ClassTable(LongFunction<Optional<JavaClass>> source) {
    this.source = source;
  }

  List<JavaClass> classes() {
    return classes;
  }

  int[] layouts() {
    return layouts;
  }

  int[] sizesAt() {
    return sizesAt;
  }

  /** The number of the class; {@link #NONE} when there is no class at that place. */
  int number(long key) {
    if (key == 0) {
      return NONE;
    }
    int slot = slot(key);
    return keys[slot] == key ? numbers[slot] : add(key, slot);
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * MIX) >>> 32) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int add(long key, int slot) {
    Optional<JavaClass> found = source.apply(key);
    int number = found.map(this::number).orElse(NONE);
    if (size < MOST_KEYS) {
      keys[slot] = key;
      numbers[slot] = number;
      size++;
      if (2 * size > keys.length) {
        grow();
      }
    }
    return number;
  }

  private int number(JavaClass added) {
    int number = classes.size();
    if (number == MOST_KEYS) {
      return NONE;
    }
    classes.add(added);
    if (number == layouts.length) {
      layouts = Arrays.copyOf(layouts, 2 * number);
      sizesAt = Arrays.copyOf(sizesAt, 2 * number);
    }
    layouts[number] = added.layout();
    sizesAt[number] = added.ownSizeAt() + 1;
    return number;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = new long[2 * oldKeys.length];
    numbers = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
