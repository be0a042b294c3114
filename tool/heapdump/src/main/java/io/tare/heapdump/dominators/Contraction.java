package io.tare.heapdump.dominators;

import io.tare.heapdump.graph.Reach;
import io.tare.heapdump.store.Bits;
import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.Ranks;
import io.tare.heapdump.store.Storage;

/**
 * The graph without the objects that can't be dominators of anything hard.
 *
 * <p>An object that exactly one other refers to is dominated by that one: such objects make trees. Kept are the shared objects,
 * those that refer to shared ones, and those where ways to kept ones part. What lies between has one way in and one way out and
 * is left out.
 */
final class Contraction {
  private final Reach reach;
  private final CrossEdges cross;
  private final ClassEdges classes;
  private final Storage storage;
  private final int objects;

  Contraction(Reach reach, CrossEdges cross, ClassEdges classes, Storage storage) {
    this.reach = reach;
    this.cross = cross;
    this.classes = classes;
    this.storage = storage;
    this.objects = (int) reach.shared().length() - 1;
  }

  /** Closes both kinds of edges. */
  Contracted contract() {
    Bits kept = kept();
    Ranks ranks = new Ranks(storage, kept);
    FlowGraph graph = contracted(kept, ranks);
    cross.close();
    classes.close();
    return new Contracted(kept, ranks, graph);
  }

  private Bits kept() {
    Bits kept = new Bits(storage, objects + 1L);
    for (long i = 0; i < cross.count(); i++) {
      kept.set(cross.from().get(i));
    }
    for (long i = 0; i < classes.count(); i++) {
      kept.set(classes.from(i));
    }
    addBranches(kept);
    for (long node = reach.shared().next(0); node >= 0; node = reach.shared().next(node + 1)) {
      kept.set(node);
    }
    return kept;
  }

  /** Bottom up: an object is on the way to a kept one if one of its tree's children is. */
  private void addBranches(Bits kept) {
    try (Bits onTheWay = new Bits(storage, objects + 1L)) {
      for (int i = reach.count() - 1; i >= 0; i--) {
        int node = reach.at(i);
        if (reach.isShared(node) || (!kept.get(node) && !onTheWay.get(node))) {
          continue;
        }
        int parent = reach.parent(node);
        if (parent != 0 && onTheWay.get(parent)) {
          kept.set(parent);
        } else if (parent != 0) {
          onTheWay.set(parent);
        }
      }
    }
  }

  private FlowGraph contracted(Bits kept, Ranks ranks) {
    FlowGraph.Builder builder = new FlowGraph.Builder(storage, ranks.size() + 1);
    try (Ints above = above(kept, ranks)) {
      for (int i = 1; i < above.length(); i++) {
        if (above.get(i) >= 0) {
          builder.announce(above.get(i));
        }
      }
      for (long i = 0; i < cross.count(); i++) {
        builder.announce(ranks.rank(cross.from().get(i)) + 1);
      }
      for (long i = 0; i < classes.count(); i++) {
        builder.announce(ranks.rank(classes.from(i)) + 1);
      }
      builder.lay();
      for (int i = 1; i < above.length(); i++) {
        if (above.get(i) >= 0) {
          builder.add(above.get(i), i);
        }
      }
    }
    for (long i = 0; i < cross.count(); i++) {
      builder.add(ranks.rank(cross.from().get(i)) + 1, ranks.rank(cross.to().get(i)) + 1);
    }
    for (long i = 0; i < classes.count(); i++) {
      builder.add(ranks.rank(classes.from(i)) + 1, ranks.rank(classes.to(i)) + 1);
    }
    return builder.build();
  }

  /** The next kept object up the tree for every kept object that has one referrer, -1 for the shared ones. */
  private Ints above(Bits kept, Ranks ranks) {
    Ints above = new Ints(storage, ranks.size() + 1L);
    int number = 0;
    for (long node = kept.next(1); node > 0; node = kept.next(node + 1)) {
      number++;
      if (reach.isShared((int) node)) {
        above.set(number, -1);
        continue;
      }
      int up = reach.parent((int) node);
      while (up != 0 && !kept.get(up)) {
        up = reach.parent(up);
      }
      above.set(number, up == 0 ? 0 : ranks.rank(up) + 1);
    }
    return above;
  }
}
