package io.tare.heap.collections;

import io.tare.heap.collections.CollectionKind.Role;
import io.tare.heap.collections.CollectionKinds.Placed;
import io.tare.heap.collections.CollectionSplit.Holding;
import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.store.Bits;
import io.tare.model.heap.HeapCollections.CollectionLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What all collections of a heap cost, by class. Of a collection inside another of its class the bytes count once, as its own: so the
 * parts of a class sum up to what its outermost collections hold.
 */
public final class CollectionCosts {
  /** So many words of 64 objects a thread takes at a time. */
  private static final int WORDS_TOGETHER = 256;

  private final HeapParts heap;
  private final DominatorTree tree;
  private final CollectionKinds kinds;
  /** By class number: classes of one name, from several loaders, are one. */
  private final int[] groups;
  private final List<String> names = new ArrayList<>();

  private CollectionCosts(HeapParts heap, DominatorTree tree, CollectionKinds kinds) {
    this.heap = heap;
    this.tree = tree;
    this.kinds = kinds;
    Map<String, Integer> numbers = new HashMap<>();
    List<HeapClass> classes = heap.graph().index().classes().all();
    groups = new int[classes.size()];
    for (HeapClass heapClass : classes) {
      groups[heapClass.number()] = numbers.computeIfAbsent(heapClass.name(), name -> {
        names.add(name);
        return names.size() - 1;
      });
    }
  }

  /** The classes with a collection that is reached, the biggest first. */
  public static List<CollectionLine> of(HeapParts heap, DominatorTree tree, Predicate<HeapClass> wanted) {
    CollectionKinds kinds = new CollectionKinds(heap.graph().index().classes());
    return new CollectionCosts(heap, tree, kinds).lines(wanted);
  }

  /** One collection, by what was read of it. */
  public static CollectionLine ofOne(int node, HeapGraph graph, Reach reach, DominatorTree tree, Structure structure) {
    CollectionKinds kinds = new CollectionKinds(graph.index().classes());
    Holding holding = new Holding(graph, reach, tree);
    Tally tally = new Tally();
    tally.add(new CollectionSplit(holding, kinds, structure, new Belongings.OfOne()).of(node),
        tree.retainedBytes(node));
    return tally.line(graph.index().classes().get(graph.shapes().classOf(node)).name());
  }

  /** One collection, by walks over the whole dump: for large ones. */
  public static CollectionLine ofOne(int node, HeapParts heap, DominatorTree tree) {
    CollectionKinds kinds = new CollectionKinds(heap.graph().index().classes());
    try (StructureWalk structure = new StructureWalk(heap, kinds)) {
      return ofOne(node, heap.graph(), heap.reach(), tree, structure);
    }
  }

  private List<CollectionLine> lines(Predicate<HeapClass> wanted) {
    try (StructureWalk structure = new StructureWalk(heap, kinds);
        Bits collections = collections(structure, wanted);
        Belongings.OfAll belongings = new Belongings.OfAll(heap.storage(), heap.graph().objects())) {
      @Nullable
      Tally[] tallies = tallies(structure, collections, belongings);
      new Nesting(heap, tree, collections, belongings).each((outer, nested, part) -> {
        Tally tally = tallies[group(nested)];
        if (tally != null) {
          tally.takeOut(part, tree.retainedBytes(nested));
        }
      }, this::group);
      List<CollectionLine> lines = new ArrayList<>();
      for (int group = 0; group < tallies.length; group++) {
        Tally tally = tallies[group];
        if (tally != null) {
          lines.add(tally.line(names.get(group)));
        }
      }
      lines.sort(Comparator.comparingLong(CollectionLine::retainedBytes).reversed()
          .thenComparing(CollectionLine::className));
      return lines;
    }
  }

  private int group(int node) {
    return groups[heap.graph().shapes().classOf(node)];
  }

  /** Those that count: a map inside a set is the set's. */
  private Bits collections(StructureWalk structure, Predicate<HeapClass> wanted) {
    List<HeapClass> classes = heap.graph().index().classes().all();
    boolean[] isWanted = new boolean[classes.size()];
    classes.forEach(heapClass -> isWanted[heapClass.number()] = kinds.isCollection(heapClass.number())
        && wanted.test(heapClass));
    Bits collections = new Bits(heap.storage(), heap.graph().objects() + 1L);
    Bits instances = structure.instances();
    for (long node = instances.next(1); node > 0; node = instances.next(node + 1)) {
      if (isWanted[heap.graph().shapes().classOf((int) node)]) {
        collections.set(node);
      }
    }
    for (long node = instances.next(1); node > 0; node = instances.next(node + 1)) {
      int inside = inside((int) node, structure);
      if (inside != 0 && tree.dominator(inside) == node) {
        collections.clear(inside);
      }
    }
    return collections;
  }

  private int inside(int node, StructureWalk structure) {
    Placed placed = kinds.of(heap.graph().shapes().classOf(node));
    boolean hasInner = placed != null && !placed.places().isEmpty()
        && placed.places().getFirst().role() == Role.INNER;
    int[] references = hasInner ? structure.references(node) : null;
    int inside = references == null || references.length == 0 ? 0 : references[0];
    return inside == Structure.LOST ? 0 : inside;
  }

  private @Nullable Tally[] tallies(StructureWalk structure, Bits collections, Belongings belongings) {
    AtomicLong next = new AtomicLong();
    List<@Nullable Tally[]> workers = heap.graph().index().passes().onEveryThread(() -> {
      CollectionSplit split = new CollectionSplit(new Holding(heap.graph(), heap.reach(), tree), kinds, structure,
          belongings);
      return () -> count(next, collections, split);
    });
    @Nullable
    Tally[] all = new Tally[names.size()];
    for (@Nullable
    Tally[] some : workers) {
      for (int group = 0; group < all.length; group++) {
        Tally tally = all[group];
        Tally more = some[group];
        all[group] = tally == null || more == null ? (tally == null ? more : tally) : tally.with(more);
      }
    }
    return all;
  }

  private @Nullable Tally[] count(AtomicLong next, Bits collections, CollectionSplit split) {
    @Nullable
    Tally[] tallies = new Tally[names.size()];
    long words = collections.words().length();
    for (long from = next.getAndAdd(WORDS_TOGETHER); from < words; from = next.getAndAdd(WORDS_TOGETHER)) {
      for (long word = from; word < Math.min(words, from + WORDS_TOGETHER); word++) {
        for (long left = collections.word(word); left != 0; left &= left - 1) {
          int node = (int) ((word << 6) + Long.numberOfTrailingZeros(left));
          int group = group(node);
          Tally known = tallies[group];
          Tally tally = known == null ? new Tally() : known;
          tallies[group] = tally;
          tally.add(split.of(node), tree.retainedBytes(node));
        }
      }
    }
    return tallies;
  }
}
