package io.tare.heap.lookup;

import io.tare.heap.answers.HeapView;
import io.tare.heap.answers.ObjectReader.ObjectRecord;
import io.tare.heap.collections.CollectionCosts;
import io.tare.heap.collections.CollectionKinds;
import io.tare.heap.collections.Structure;
import io.tare.heap.dominators.DominatorTree.HeapParts;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ProblemLog;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import io.tare.heap.store.Storage;
import io.tare.model.heap.HeapCollections;
import io.tare.model.heap.HeapCollections.CollectionLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers {@code --collections}, and what {@code --object} says of a collection. */
public final class CollectionLookup {
  private CollectionLookup() {}

  /**
   * The collections of the class of that name, of those that fit the pattern, or with an empty name all.
   *
   * @throws NotInDump if no class has that name or fits the pattern, or none that does is a collection
   */
  public static HeapCollections of(String name, HeapView view, Storage storage, ProblemLog problems) throws NotInDump {
    Classes classes = view.graph().index().classes();
    Set<Integer> wanted = (name.isEmpty() ? classes.all() : ClassLookup.find(name, classes)).stream()
        .map(HeapClass::number).collect(Collectors.toSet());
    CollectionKinds kinds = new CollectionKinds(classes);
    if (!name.isEmpty() && wanted.stream().noneMatch(kinds::isCollection)) {
      throw new NotInDump(name + " is no collection that Tare knows");
    }
    HeapParts heap = new HeapParts(view.graph(), view.reach(), storage);
    List<CollectionLine> lines = CollectionCosts.of(heap, view.tree(),
        heapClass -> wanted.contains(heapClass.number()));
    return new HeapCollections(name, view.retainedBytes(0), lines, problems.toList());
  }

  /** Refuses a name that no class has. */
  public static void foresee(String name, Classes names) throws NotInDump {
    if (!name.isEmpty()) {
      ClassLookup.foresee(name, names);
    }
  }

  /** What a reached collection costs; empty if it is none. */
  static Optional<CollectionLine> ofObject(int node, HeapView view, Storage storage) {
    CollectionKinds kinds = new CollectionKinds(view.graph().index().classes());
    if (!view.reach().reached(node) || !kinds.isCollection(view.graph().shapes().classOf(node))) {
      return Optional.empty();
    }
    Optional<SingleReads> small = SingleReads.of(node, view, kinds);
    return Optional.of(small.isPresent()
        ? CollectionCosts.ofOne(node, view.graph(), view.reach(), view.tree(), small.get())
        : CollectionCosts.ofOne(node, new HeapParts(view.graph(), view.reach(), storage), view.tree()));
  }
}

/** What one collection is made of, read object by object. */
final class SingleReads implements Structure {
  /** A collection of more objects, or of longer chains, is read by a walk over the dump. */
  private static final int MOST_OBJECTS = 50_000;
  private static final int MOST_STEPS = 64;

  private final HeapView view;
  private final CollectionKinds kinds;

  private SingleReads(HeapView view, CollectionKinds kinds) {
    this.view = view;
    this.kinds = kinds;
  }

  /** Empty if it is too large. */
  static Optional<SingleReads> of(int collection, HeapView view, CollectionKinds kinds) {
    SingleReads reads = new SingleReads(view, kinds);
    boolean hasEntries = false;
    Set<Integer> known = new HashSet<>();
    List<Integer> level = List.of(collection);
    for (int step = 0; step < MOST_STEPS && known.size() <= MOST_OBJECTS; step++) {
      view.reader().prefetch(level.stream().map(view::address).toList());
      List<Integer> below = new ArrayList<>();
      for (int node : level) {
        hasEntries |= kinds.hasEntries(view.graph().shapes().classOf(node));
        reads.addParts(node, hasEntries, known, below);
      }
      if (below.isEmpty()) {
        return Optional.of(reads);
      }
      level = below;
    }
    return Optional.empty();
  }

  private void addParts(int node, boolean hasEntries, Set<Integer> known, List<Integer> below) {
    int number = view.graph().shapes().classOf(node);
    boolean isArray = view.classOf(node).kind() == HeapClass.Kind.ARRAY;
    int[] references = isArray && !hasEntries ? null : references(node);
    for (int i = 0; references != null && i < references.length && known.size() <= MOST_OBJECTS; i++) {
      int to = references[i];
      boolean isPart = to != 0 && to != LOST && (isArray || kinds.leadsOn(number, i))
          && (view.classOf(to).kind() == HeapClass.Kind.ARRAY
              || kinds.offsets(view.graph().shapes().classOf(to)).length > 0);
      if (isPart && known.add(to)) {
        below.add(to);
      }
    }
  }

  @Override
  public int @Nullable [] references(int node) {
    return switch (view.reader().find(view.address(node)).orElse(null)) {
      case ObjectRecord.Instance instance -> ofInstance(instance, kinds.offsets(instance.heapClass().number()));
      case ObjectRecord.Array array when array.type() == BasicType.OBJECT -> ofArray(array);
      case null, default -> null;
    };
  }

  private int[] ofInstance(ObjectRecord.Instance instance, int[] offsets) {
    int[] found = new int[offsets.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = target(view.reader().value(instance, new FieldAt("", BasicType.OBJECT, offsets[i], -1)));
    }
    return found;
  }

  private int[] ofArray(ObjectRecord.Array array) {
    int[] found = new int[array.count()];
    for (int i = 0; i < found.length; i++) {
      found[i] = target(view.reader().element(array, i));
    }
    return found;
  }

  private int target(OptionalLong id) {
    int node = id.orElse(0) == 0 ? 0 : view.node(id.getAsLong());
    return id.isEmpty() || (id.getAsLong() != 0 && node == 0) ? LOST : node;
  }

  @Override
  public OptionalLong size(int node) {
    if (view.reader().find(view.address(node)).orElse(null) instanceof ObjectRecord.Instance instance) {
      Optional<FieldAt> field = kinds.sizeField(instance.heapClass().number())
          .filter(known -> known.type() == BasicType.INT);
      OptionalLong size = field.isEmpty() ? OptionalLong.empty() : view.reader().value(instance, field.get());
      return size.isPresent() && size.getAsLong() >= 0 ? size : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }
}
