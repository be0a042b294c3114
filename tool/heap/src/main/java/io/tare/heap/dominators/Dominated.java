package io.tare.heap.dominators;

import io.tare.heap.graph.Reach;
import io.tare.heap.graph.Sweep;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Bits.Ranks;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Whom each object dominates. Of those whom it found itself they stand in a row in the order of the search; of the shared ones in a list by
 * dominator.
 */
final class Dominated implements AutoCloseable {
  private final Reach reach;
  private final Bits hasChildren;
  private final Ranks ranks;
  /** The position in the order of the first one found, for all that found any. */
  private final Ints firstChildren;
  /** Dominator and shared object, sorted. */
  private final Longs shared;

  Dominated(Reach reach, DominatorTree tree, Storage storage) {
    this.reach = reach;
    hasChildren = new Bits(storage, reach.shared().length());
    for (Sweep sweep = reach.sweep(); sweep.next();) {
      if (sweep.hasChildren()) {
        hasChildren.set(sweep.node());
      }
    }
    ranks = new Ranks(storage, hasChildren);
    firstChildren = new Ints(storage, ranks.size());
    int position = 0;
    int lastParent = 0;
    for (Sweep sweep = reach.sweep(); sweep.next(); position++) {
      int parent = sweep.parent();
      if (parent != lastParent) {
        firstChildren.set(ranks.rank(parent), position);
        lastParent = parent;
      }
    }
    shared = shared(tree, storage);
  }

  private Longs shared(DominatorTree tree, Storage storage) {
    long count = reach.shared().count();
    Longs unsorted = new Longs(storage, count);
    long at = 0;
    for (long node = reach.shared().next(0); node >= 0; node = reach.shared().next(node + 1)) {
      unsorted.set(at++, (long) tree.dominator((int) node) << 32 | node);
    }
    return unsorted.sorted(new Longs(storage, count));
  }

  Dominated(Sections from, Reach reach) {
    this.reach = reach;
    hasChildren = Bits.over(Longs.over(from.get("have children")), reach.shared().length());
    ranks = Ranks.over(hasChildren, Ints.over(from.get("have children before")));
    firstChildren = Ints.over(from.get("first children"));
    shared = Longs.over(from.get("shared by dominator"));
  }

  void write(SectionWriter to) throws IOException {
    to.add("have children", hasChildren.words().segment());
    to.add("have children before", ranks.counts().segment());
    to.add("first children", firstChildren.segment());
    to.add("shared by dominator", shared.segment());
  }

  /** By their numbers. Of 0 the roots, and what is shared by several of them. */
  IntStream by(int holder) {
    return IntStream.concat(found(holder), ofShared(holder)).sorted();
  }

  private IntStream found(int holder) {
    if (holder == 0) {
      return IntStream.range(0, reach.firstOfAll()).map(reach::at);
    }
    if (!hasChildren.get(holder)) {
      return IntStream.empty();
    }
    int first = firstChildren.get(ranks.rank(holder));
    return IntStream.rangeClosed(first, reach.lastChild(first)).map(reach::at).filter(node -> !reach.isShared(node));
  }

  private IntStream ofShared(int holder) {
    long low = 0;
    long high = shared.length();
    while (low < high) {
      long middle = (low + high) >>> 1;
      boolean isBefore = shared.get(middle) >>> 32 < holder;
      low = isBefore ? middle + 1 : low;
      high = isBefore ? high : middle;
    }
    return LongStream.iterate(low, at -> at < shared.length() && shared.get(at) >>> 32 == holder, at -> at + 1)
        .mapToInt(at -> (int) shared.get(at));
  }

  @Override
  public void close() {
    hasChildren.close();
    ranks.close();
    firstChildren.close();
    shared.close();
  }
}
