package io.tare.heap.dominators;

import io.tare.heap.graph.BackSweep;
import io.tare.heap.graph.Reach;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Ints;
import io.tare.heap.store.PairList;
import io.tare.heap.store.Ranks;
import io.tare.heap.store.Storage;
import java.util.List;

/**
 * The graph without the objects that can't be dominators of anything hard.
 *
 * <p>An object that exactly one other refers to is dominated by that one: such objects make trees. Kept are the shared objects,
 * those that refer to shared ones, and those where ways to kept ones part. What lies between has one way in and one way out and
 * is left out.
 */
final class Contraction {
  private final Reach reach;
  private final List<PairList> pairs;
  private final Storage storage;
  private final int objects;

  /** Takes the references to shared objects, but for those from their parents. */
  Contraction(Reach reach, List<PairList> pairs, Storage storage) {
    this.reach = reach;
    this.pairs = pairs;
    this.storage = storage;
    this.objects = (int) reach.shared().length() - 1;
  }

  /** Closes the lists of references. */
  Contracted contract() {
    Bits kept = kept();
    Ranks ranks = new Ranks(storage, kept);
    FlowGraph graph = contracted(kept, ranks);
    pairs.forEach(PairList::close);
    return new Contracted(kept, ranks, graph);
  }

  private Bits kept() {
    Bits kept = new Bits(storage, objects + 1L);
    for (PairList list : pairs) {
      for (long i = 0; i < list.size(); i++) {
        kept.set(list.first(i));
      }
    }
    for (long node = reach.shared().next(0); node >= 0; node = reach.shared().next(node + 1)) {
      kept.set(node);
      kept.set(reach.parent((int) node));
    }
    addBranches(kept);
    return kept;
  }

  /** Bottom up: an object is on the way to a kept one if one of its tree's children is. */
  private void addBranches(Bits kept) {
    try (Bits onTheWay = new Bits(storage, reach.parentCount())) {
      for (BackSweep sweep = reach.sweepBackWithoutShapes(); sweep.next();) {
        int node = sweep.node();
        boolean leads = kept.get(node) || (sweep.hasChildren() && onTheWay.get(sweep.place()));
        int parent = sweep.parentPlace();
        if (leads && parent >= 0 && !reach.isShared(node)) {
          if (onTheWay.get(parent)) {
            kept.set(sweep.parent());
          }
          onTheWay.set(parent);
        }
      }
    }
  }

  private FlowGraph contracted(Bits kept, Ranks ranks) {
    FlowGraph.Builder builder = new FlowGraph.Builder(storage, ranks.size() + 1);
    try (Ints above = above(kept, ranks)) {
      for (int i = 1; i < above.length(); i++) {
        builder.announce(above.get(i));
      }
      pairs.forEach(list -> number(list, ranks, builder));
      builder.lay();
      for (int i = 1; i < above.length(); i++) {
        builder.add(above.get(i), i);
      }
    }
    pairs.forEach(list -> add(list, builder));
    return builder.build();
  }

  /** Puts the numbers of the contracted graph in the place of objects. */
  private static void number(PairList list, Ranks ranks, FlowGraph.Builder builder) {
    for (long i = 0; i < list.size(); i++) {
      int from = ranks.rank(list.first(i)) + 1;
      list.set(i, from, ranks.rank(list.second(i)) + 1);
      builder.announce(from);
    }
  }

  private static void add(PairList list, FlowGraph.Builder builder) {
    for (long i = 0; i < list.size(); i++) {
      builder.add(list.first(i), list.second(i));
    }
  }

  /** The next kept object up the tree for every kept object. */
  private Ints above(Bits kept, Ranks ranks) {
    Ints above = new Ints(storage, ranks.size() + 1L);
    int number = 0;
    for (long node = kept.next(1); node > 0; node = kept.next(node + 1)) {
      int up = reach.parent((int) node);
      while (up != 0 && !kept.get(up)) {
        up = reach.parent(up);
      }
      above.set(++number, up == 0 ? 0 : ranks.rank(up) + 1);
    }
    return above;
  }
}
