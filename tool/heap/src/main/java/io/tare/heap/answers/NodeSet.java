package io.tare.heap.answers;

import java.util.Arrays;

/** Some objects by their numbers: asked of every object that a walk meets, so it has no box and, where they lie together, no search. */
final class NodeSet {
  /** Bits are kept where they take no more than this many words for each member. */
  private static final int WORDS_PER_MEMBER = 16;

  private final int[] sorted;
  private final int first;
  private final long[] bits;

  /** @param sorted ascending, each once */
  NodeSet(int[] sorted) {
    this.sorted = sorted.clone();
    this.first = sorted.length == 0 ? 0 : sorted[0];
    long span = sorted.length == 0 ? 0 : sorted[sorted.length - 1] - (long) first + 1;
    boolean dense = span / Long.SIZE <= (long) WORDS_PER_MEMBER * sorted.length;
    this.bits = new long[dense ? (int) (span / Long.SIZE) + 1 : 0];
    for (int node : dense ? sorted : new int[0]) {
      bits[(node - first) >>> 6] |= 1L << (node - first);
    }
  }

  /** The first of these numbers ascending, each once. */
  static int[] sorted(int[] nodes, int count) {
    int[] sorted = Arrays.copyOf(nodes, count);
    Arrays.sort(sorted);
    int unique = 0;
    for (int node : sorted) {
      if (unique == 0 || sorted[unique - 1] != node) {
        sorted[unique++] = node;
      }
    }
    return Arrays.copyOf(sorted, unique);
  }

  boolean contains(int node) {
    if (bits.length == 0) {
      return Arrays.binarySearch(sorted, node) >= 0;
    }
    int at = node - first;
    return at >= 0 && at >>> 6 < bits.length && (bits[at >>> 6] >>> at & 1) != 0;
  }
}
