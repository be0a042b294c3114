package io.tare.heap.dominators;

import io.tare.heap.dominators.SemiNca.FlowGraph;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.graph.Sweep;
import io.tare.heap.graph.Sweep.BackSweep;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Bits;
import io.tare.heap.store.Bits.Ranks;
import io.tare.heap.store.LongIntMap.Mix;
import io.tare.heap.store.PairList;
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

  /** The contracted graph: which objects are kept, and their references by their numbers 1, 2, 3 … */
  record Contracted(Bits kept, Ranks ranks, FlowGraph graph) implements AutoCloseable {
    int number(int node) {
      return ranks.rank(node) + 1;
    }

    /** The dominators of the shared objects, in their order. Closes the graph. */
    Ints dominatorsOf(Bits shared, int count, Storage storage) {
      Ints result = new Ints(storage, count);
      try (Ints dominators = SemiNca.dominators(graph, storage); Ints nodes = new Ints(storage, ranks.size() + 1L)) {
        int number = 0;
        for (long node = kept.next(1); node > 0; node = kept.next(node + 1)) {
          nodes.set(++number, (int) node);
        }
        int position = 0;
        for (long node = shared.next(1); node > 0; node = shared.next(node + 1)) {
          result.set(position++, nodes.get(dominators.get(number((int) node))));
        }
      }
      return result;
    }

    @Override
    public void close() {
      kept.close();
      ranks.close();
      graph.close();
    }
  }

  /**
   * The references from objects to their classes, as few as give the same dominators.
   *
   * <p>There is one per object, too many to keep. But whoever dominates a class lies on every way to it, so also on the one that
   * was found first. An object that one other refers to can hand its reference on to that other, as long as it does not lie on
   * such a way itself: nobody's dominator changes, since every way through the object goes through the other. So references climb
   * to the next object that is shared, a root, or on a way to a class, where most of them meet.
   */
  static final class ClassEdges {
    /** Pairs seen lately are left out; the same pair twice does no harm. */
    private static final int RECENT = 1 << 16;

    private final PairList pairs;
    private final long[] recent = new long[RECENT];

    private ClassEdges(Storage storage) {
      pairs = new PairList(storage);
    }

    static PairList of(HeapGraph graph, Reach reach, Storage storage) {
      ClassEdges edges = new ClassEdges(storage);
      try (Bits ways = ways(graph, reach, storage); Ints anchors = new Ints(storage, reach.parentCount())) {
        edges.collect(graph, reach, ways, anchors);
      }
      return edges.pairs;
    }

    private static Bits ways(HeapGraph graph, Reach reach, Storage storage) {
      Bits ways = new Bits(storage, graph.objects() + 1L);
      for (HeapClass heapClass : graph.index().classes().all()) {
        int at = heapClass.node();
        while (at != 0 && reach.reached(at) && !ways.get(at)) {
          ways.set(at);
          at = reach.parent(at);
        }
      }
      return ways;
    }

    private void collect(HeapGraph graph, Reach reach, Bits ways, Ints anchors) {
      int[] classNodes = graph.classNodeOfShape();
      for (int shape = 0; shape < classNodes.length; shape++) {
        if (!reach.isShared(classNodes[shape])) {
          classNodes[shape] = 0;
        }
      }
      int[] lastAnchor = new int[classNodes.length];
      for (Sweep sweep = reach.sweep(); sweep.next();) {
        int node = sweep.node();
        boolean stays = sweep.parentPlace() < 0 || reach.isShared(node) || ways.get(node);
        int anchor = stays ? node : anchors.get(sweep.parentPlace());
        if (sweep.hasChildren()) {
          anchors.set(sweep.place(), anchor);
        }
        int shape = sweep.shape();
        int target = classNodes[shape];
        if (target != 0 && target != anchor && lastAnchor[shape] != anchor) {
          lastAnchor[shape] = anchor;
          add(anchor, target);
        }
      }
    }

    private void add(int from, int to) {
      long pair = ((long) from << 32) | to;
      int place = (int) Mix.mix(pair) & (RECENT - 1);
      if (recent[place] != pair) {
        recent[place] = pair;
        pairs.add(from, to);
      }
    }
  }
}
