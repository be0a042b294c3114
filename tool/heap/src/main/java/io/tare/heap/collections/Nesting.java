package io.tare.heap.collections;

import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Bits.Ranks;
import io.tare.heap.store.Storage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Finds which collection lies inside which, by the dominator tree, and in which part of it. */
final class Nesting {
  private final HeapParts heap;
  private final DominatorTree tree;
  private final Bits collections;
  private final Belongings belongings;
  private int[] open = new int[64];

  /** @param belongings what the collections are made of, and their keys and values */
  Nesting(HeapParts heap, DominatorTree tree, Bits collections, Belongings belongings) {
    this.heap = heap;
    this.tree = tree;
    this.collections = collections;
    this.belongings = belongings;
  }

  /** A collection that lies in a part of another of its group, and in none between. */
  interface Inside {
    void accept(int outer, int nested, byte part);
  }

  /** All that lie inside another of the same group. */
  void each(Inside inside, IntUnaryOperator groupOf) {
    findHolders();
    Storage storage = heap.storage();
    try (Ranks ranks = new Ranks(storage, collections); Forest forest = new Forest(ranks)) {
      forest.walk(inside, groupOf);
    }
  }

  /** Every collection learns in what part of which other it lies; so does what is between them, so that no way is gone twice. */
  private void findHolders() {
    for (long node = collections.next(1); node > 0; node = collections.next(node + 1)) {
      findHolder((int) node);
    }
  }

  /** What hangs on a key is the key's, what hangs on an entry only is shared. */
  private void findHolder(int node) {
    int passed = 0;
    int at = node;
    while (at != 0 && belongings.part(at) == Belongings.NONE && (at == node || !collections.get(at))) {
      open = passed == open.length ? Arrays.copyOf(open, 2 * passed) : open;
      open[passed++] = at;
      at = tree.dominator(at);
    }
    boolean isCollection = at != node && at != 0 && collections.get(at);
    int holder = isCollection ? at : belongings.holder(at);
    byte part = at == 0
        ? Belongings.NOBODYS
        : isCollection || belongings.part(at) == Belongings.STRUCTURE ? Belongings.SHARED : belongings.part(at);
    while (passed > 0) {
      belongings.set(open[--passed], holder, part);
    }
  }

  /** The collections as a forest: by rank, so that a few numbers for each are enough. */
  private final class Forest implements AutoCloseable {
    private final Ranks ranks;
    private final Ints first;
    private final Ints next;
    /** The collections on the way, and what was the last of their group before them. */
    private int[] way = new int[64];
    private int[] before = new int[64];
    private final Map<Integer, Integer> lastOfGroup = new HashMap<>();

    Forest(Ranks ranks) {
      this.ranks = ranks;
      first = new Ints(heap.storage(), ranks.size() + 1L);
      next = new Ints(heap.storage(), ranks.size() + 1L);
      for (long node = collections.next(1); node > 0; node = collections.next(node + 1)) {
        int above = belongings.holder((int) node);
        // Of those without one above, none has a sibling: each is a tree of its own.
        if (above != 0) {
          next.set(ranks.rank(node), first.get(ranks.rank(above)));
          first.set(ranks.rank(above), (int) node);
        }
      }
    }

    void walk(Inside inside, IntUnaryOperator groupOf) {
      for (long node = collections.next(1); node > 0; node = collections.next(node + 1)) {
        if (belongings.holder((int) node) == 0 && first.get(ranks.rank(node)) != 0) {
          walk((int) node, inside, groupOf);
        }
      }
    }

    /** Down to the first inside, then to the next beside, then up. */
    private void walk(int root, Inside inside, IntUnaryOperator groupOf) {
      int depth = 0;
      enter(0, root, inside, groupOf);
      while (depth >= 0) {
        int down = first.get(ranks.rank(way[depth]));
        if (down != 0) {
          first.set(ranks.rank(way[depth]), next.get(ranks.rank(down)));
          enter(++depth, down, inside, groupOf);
        } else {
          lastOfGroup.put(groupOf.applyAsInt(way[depth]), before[depth]);
          depth--;
        }
      }
    }

    private void enter(int depth, int node, Inside inside, IntUnaryOperator groupOf) {
      if (depth == way.length) {
        way = Arrays.copyOf(way, 2 * depth);
        before = Arrays.copyOf(before, 2 * depth);
      }
      way[depth] = node;
      int group = groupOf.applyAsInt(node);
      int outer = lastOfGroup.getOrDefault(group, -1);
      before[depth] = outer;
      if (outer >= 0) {
        inside.accept(way[outer], node, belongings.part(way[outer + 1]));
      }
      lastOfGroup.put(group, depth);
    }

    @Override
    public void close() {
      first.close();
      next.close();
    }
  }
}
