package io.tare.heap.dominators;

import io.tare.heap.dominators.Contraction.ClassEdges;
import io.tare.heap.dominators.Contraction.Contracted;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.dominators.SemiNca.FlowGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.graph.Sweep;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Bits;
import io.tare.heap.store.IntQueue;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.LongIntMap.Mix;
import io.tare.heap.store.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What all objects of a group hold together, for all groups at once and exactly but for one case.
 *
 * <p>For every object the set of groups that every way from a root comes through: its own, and those common to all who refer to
 * it. That is a fixed point, found on the contracted graph where few objects have several ways in; few distinct sets exist. An
 * object's bytes then count for every group of its set.
 *
 * <p>What hangs on a class object that only instances keep alive may be left out: their references to the class have climbed
 * (see {@link ClassEdges}), and with them the way is lost.
 */
final class GroupRetained {
  private final Reach reach;
  private final Contracted contracted;
  private final Shapes shapes;
  private final int[] classOfShape;
  private final LabelSets sets;
  private final Storage storage;

  private GroupRetained(Reach reach, Contracted contracted, Shapes shapes, int[][] groupsOfClass, Storage storage) {
    this.reach = reach;
    this.contracted = contracted;
    this.shapes = shapes;
    this.storage = storage;
    this.sets = new LabelSets(groupsOfClass);
    this.classOfShape = new int[shapes.count()];
    for (int shape = 1; shape < classOfShape.length; shape++) {
      classOfShape[shape] = shapes.classOfShape(shape);
    }
  }

  /** Bytes by group, every class being in several groups; empty if the heap has too many different ways. */
  static long[] of(HeapParts heap, Contracted contracted, int[][] groupsOfClass, int groups) {
    GroupRetained search = new GroupRetained(heap.reach(), contracted, heap.graph().shapes(), groupsOfClass,
        heap.storage());
    return search.solve(groups);
  }

  private long[] solve(int groups) {
    try (Ints values = values()) {
      return sets.overflows() ? new long[0] : sum(values, groups);
    }
  }

  /** The set of every kept object plus one; 0 is not known yet. */
  private Ints values() {
    FlowGraph graph = contracted.graph();
    Ints values = new Ints(storage, graph.nodes());
    try (Ints own = own(); IntQueue changed = new IntQueue(storage, graph.nodes())) {
      values.set(0, LabelSets.EMPTY + 1);
      spread(0, values, own, changed);
      while (!changed.isEmpty() && !sets.overflows()) {
        spread(changed.take(), values, own, changed);
      }
    }
    return values;
  }

  private void spread(int from, Ints values, Ints own, IntQueue changed) {
    FlowGraph graph = contracted.graph();
    int out = values.get(from) - 1;
    for (int at = graph.start(from), end = graph.end(from); at < end; at++) {
      int to = graph.successor(at);
      int through = sets.union(out, own.get(to));
      int before = values.get(to) - 1;
      int now = before < 0 ? through : sets.meet(before, through);
      if (now != before) {
        values.set(to, now + 1);
        changed.add(to);
      }
    }
  }

  /** The groups of a kept object and of those left out between it and the next kept one. */
  private Ints own() {
    Ints own = new Ints(storage, contracted.graph().nodes());
    int number = 0;
    Bits kept = contracted.kept();
    for (long node = kept.next(1); node > 0; node = kept.next(node + 1)) {
      int set = sets.add(LabelSets.EMPTY, kind((int) node));
      if (!reach.isShared((int) node)) {
        for (int up = reach.parent((int) node); up != 0 && !kept.get(up); up = reach.parent(up)) {
          set = sets.add(set, kind(up));
        }
      }
      own.set(++number, set);
    }
    return own;
  }

  private long[] sum(Ints values, int groups) {
    long[] bytesOfSet = new long[sets.count() * 2];
    try (Ints ofParent = new Ints(storage, reach.parentCount())) {
      for (Sweep sweep = reach.sweep(); sweep.next();) {
        int node = sweep.node();
        int shape = sweep.shape();
        int set = contracted.kept().get(node)
            ? values.get(contracted.number(node)) - 1
            : sets.add(sweep.parentPlace() < 0 ? LabelSets.EMPTY : ofParent.get(sweep.parentPlace()),
                classOfShape[shape]);
        if (sweep.hasChildren()) {
          ofParent.set(sweep.place(), set);
        }
        if (set >= bytesOfSet.length) {
          bytesOfSet = java.util.Arrays.copyOf(bytesOfSet, set * 2);
        }
        bytesOfSet[set] += shapes.bytesOfShape(shape);
      }
    }
    long[] bytes = new long[groups];
    for (int set = 0; set < sets.count() && set < bytesOfSet.length; set++) {
      for (int label : sets.members(set)) {
        bytes[label] += bytesOfSet[set];
      }
    }
    return bytes;
  }

  private int kind(int node) {
    return classOfShape[shapes.shapeOf(node)];
  }
}

/** Sets of small numbers, each distinct set once and known by a number, so that combining two is a look-up. 0 is the empty set. */
final class LabelSets {
  static final int EMPTY = 0;
  private static final int MOST = 200_000;
  private static final int RECENT = 1 << 16;

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
