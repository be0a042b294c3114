package io.tare.heap.dominators;

import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Mix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sets of small numbers, each distinct set once and known by a number, so that combining two is a look-up. 0 is the empty set. */
final class LabelSets {
  static final int EMPTY = 0;
  private static final int MOST = 200_000;
  private static final int RECENT = 1 << 14;

  private final int[][] labelsOfKind;
  private final List<int[]> sets = new ArrayList<>();
  private final LongIntMap byContent = new LongIntMap();
  private final LongIntMap unions = new LongIntMap();
  private final LongIntMap meets = new LongIntMap();
  private final LongIntMap additions = new LongIntMap();
  private final long[] recentKeys = new long[RECENT];
  private final int[] recentSums = new int[RECENT];

  /** The labels of every kind of object, ascending. */
  LabelSets(int[][] labelsOfKind) {
    this.labelsOfKind = labelsOfKind;
    number(new int[0]);
    Arrays.fill(recentKeys, -1);
  }

  int count() {
    return sets.size();
  }

  /** The members, ascending. Not to be changed. */
  int[] members(int set) {
    return sets.get(set);
  }

  /** There are more sets than is sensible to keep. */
  boolean overflows() {
    return sets.size() > MOST;
  }

  /** Adds the labels of a kind of object. */
  int add(int set, int kind) {
    long key = ((long) set << 32) | kind;
    int place = (int) Mix.mix(key) & (RECENT - 1);
    if (recentKeys[place] == key) {
      return recentSums[place];
    }
    int known = additions.getOrDefault(key, -1);
    if (known < 0) {
      known = number(merged(sets.get(set), labelsOfKind[kind]));
      additions.put(key, known);
    }
    recentKeys[place] = key;
    recentSums[place] = known;
    return known;
  }

  int union(int a, int b) {
    if (a == b || b == EMPTY) {
      return a;
    }
    long key = ((long) a << 32) | b;
    int known = unions.getOrDefault(key, -1);
    if (known < 0) {
      known = number(merged(sets.get(a), sets.get(b)));
      unions.put(key, known);
    }
    return known;
  }

  int meet(int a, int b) {
    if (a == b) {
      return a;
    }
    long key = ((long) Math.min(a, b) << 32) | Math.max(a, b);
    int known = meets.getOrDefault(key, -1);
    if (known < 0) {
      int[] other = sets.get(b);
      known = number(Arrays.stream(sets.get(a)).filter(label -> Arrays.binarySearch(other, label) >= 0).toArray());
      meets.put(key, known);
    }
    return known;
  }

  private static int[] merged(int[] a, int[] b) {
    int[] all = new int[a.length + b.length];
    int count = 0;
    for (int i = 0, k = 0; i < a.length || k < b.length;) {
      int next = k == b.length || (i < a.length && a[i] <= b[k]) ? a[i] : b[k];
      i += i < a.length && a[i] == next ? 1 : 0;
      k += k < b.length && b[k] == next ? 1 : 0;
      all[count++] = next;
    }
    return Arrays.copyOf(all, count);
  }

  private int number(int[] content) {
    long hash = content.length;
    for (int label : content) {
      hash = Mix.mix(hash * 31 + label + 1);
    }
    for (int known = byContent.getOrDefault(hash, -1); known >= 0; known = byContent.getOrDefault(++hash, -1)) {
      if (Arrays.equals(sets.get(known), content)) {
        return known;
      }
    }
    byContent.put(hash, sets.size());
    sets.add(content);
    return sets.size() - 1;
  }
}
