package io.tare.heap.collections;

import io.tare.heap.collections.CollectionKind.Counts;
import io.tare.heap.collections.CollectionKind.Role;
import io.tare.heap.collections.CollectionKind.Slots;
import io.tare.heap.collections.CollectionKinds.Placed;
import io.tare.heap.dominators.DominatorTree;
import io.tare.heap.graph.HeapGraph;
import io.tare.heap.graph.Reach;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.Shapes;
import io.tare.heap.store.LongIntMap;
import io.tare.model.heap.HeapCollections.CollectionLine.Elsewhere;
import io.tare.model.heap.HeapCollections.CollectionLine.Places;
import io.tare.model.heap.HeapCollections.CollectionParts;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Sorts what a collection holds by part. One thread's own, for one collection after the other.
 *
 * <p>What a collection is made of is followed along its fields. An object on the way is the collection's own if its dominator is: a dominator
 * lies on every way, so it was met before. A key or a value is held by the collection alone if the object that dominates it is the
 * collection's own; no other key or value dominates it then, and nothing counts twice.
 */
final class CollectionSplit {
  private final HeapGraph graph;
  private final DominatorTree tree;
  private final CollectionKinds kinds;
  private final Structure structure;
  private final Belongings belongings;
  private final Set<Integer> masks;
  private final Shapes shapes;
  private final Reach reach;

  private int collection;
  /** The one with the table: the collection, or the one inside it. */
  private int inner;
  private CollectionKind kind = CollectionKind.NO_KIND;
  private boolean keysAreElements;
  private int[] open = new int[64];
  private int opened;
  /** What the collection is made of without owning it. */
  private LongIntMap strangers = new LongIntMap();
  private boolean isWhole;
  private final long[] bytes = new long[Belongings.SHARED + 1];
  private long counted;
  private long used;
  private long there;
  private long keysElsewhere;
  private long valuesElsewhere;

  /** What tells who holds what. */
  record Holding(HeapGraph graph, Reach reach, DominatorTree tree) {}

  CollectionSplit(Holding holding, CollectionKinds kinds, Structure structure, Belongings belongings) {
    this.graph = holding.graph();
    this.tree = holding.tree();
    this.kinds = kinds;
    this.structure = structure;
    this.belongings = belongings;
    this.masks = CollectionKinds.masks(graph.index());
    this.shapes = graph.shapes();
    this.reach = holding.reach();
  }

  /** The parts of a reached collection. */
  Finding of(int node) {
    begin(node);
    Placed placed = kinds.of(shapes.classOf(node));
    if (placed != null) {
      keysAreElements = placed.kind().isSetOfKeys();
      bytes[Belongings.WRAPPER] += shapes.shallowBytes(node);
      collection(node, placed);
    }
    while (opened > 0) {
      entry(open[--opened]);
    }
    return finding();
  }

  private void begin(int node) {
    collection = node;
    opened = 0;
    if (strangers.size() > 0) {
      strangers = new LongIntMap();
    }
    isWhole = true;
    Arrays.fill(bytes, 0);
    counted = 0;
    used = 0;
    there = 0;
    keysElsewhere = 0;
    valuesElsewhere = 0;
  }

  private void collection(int node, Placed placed) {
    inner = node;
    kind = placed.kind();
    int[] references = structure.references(node);
    if (references == null || references.length != placed.places().size()) {
      isWhole = false;
      return;
    }
    boolean isOfKeys = kind.hasKeysOfItsOwn();
    for (int i = 0; i < references.length; i++) {
      Role role = placed.places().get(i).role();
      if (role == Role.INNER) {
        inside(references[i]);
      } else if (role == Role.KEY || role == Role.VALUE) {
        counted += isElement(references[i]) && (role == Role.KEY || !isOfKeys) ? 1 : 0;
        element(references[i], role);
      } else {
        part(references[i], role);
      }
    }
  }

  private void inside(int node) {
    Placed placed = isObject(node) ? kinds.of(shapes.classOf(node)) : null;
    boolean isKnown = placed != null && placed.kind().counts() == Counts.COLLECTION
        && placed.kind().parts().getFirst().role() != Role.INNER;
    if (placed != null && isKnown && enter(node, Belongings.WRAPPER)) {
      collection(node, placed);
    } else {
      isWhole = false;
    }
  }

  /** Whether there is an object; null is none and no fault. */
  private boolean isObject(int node) {
    isWhole &= node != Structure.LOST;
    return node != 0 && node != Structure.LOST;
  }

  private boolean isElement(int node) {
    return node != 0 && !masks.contains(node);
  }

  private boolean isOwn(int node) {
    return node == collection
        || (belongings.holder(node) == collection && belongings.part(node) == Belongings.STRUCTURE);
  }

  /** Whether the object is a part that was not met before; its bytes count if the collection alone holds it. */
  private boolean enter(int node, byte part) {
    if (node == collection || !reach.reached(node) || isOwn(node)) {
      return false;
    }
    if (!isOwn(tree.dominator(node))) {
      boolean isNew = !strangers.contains(node);
      strangers.put(node, 1);
      return isNew;
    }
    if (belongings.part(node) != Belongings.NONE) {
      // An entry that is also an element: no program of sound mind, but maybe a damaged dump.
      isWhole = false;
      return false;
    }
    belongings.set(node, collection, Belongings.STRUCTURE);
    bytes[part] += shapes.shallowBytes(node);
    return true;
  }

  private void part(int node, Role role) {
    if (!isObject(node)) {
      return;
    }
    if (role == Role.WRAPPER) {
      wrapper(node);
    } else if (graph.index().classes().get(shapes.classOf(node)).kind() == HeapClass.Kind.ARRAY) {
      array(node);
    } else {
      open(node);
    }
  }

  /** A lock has a part of its own that others refer to, too. */
  private void wrapper(int node) {
    Placed placed = kinds.of(shapes.classOf(node));
    if (placed != null && placed.kind().counts() == Counts.NOTHING) {
      int[] references = enter(node, Belongings.WRAPPER) ? structure.references(node) : null;
      for (int i = 0; references != null && i < references.length; i++) {
        if (isObject(references[i])) {
          leaf(references[i]);
        }
      }
    } else {
      leaf(node);
    }
  }

  private void leaf(int node) {
    if (!isOwn(node) && reach.reached(node) && isOwn(tree.dominator(node))
        && belongings.part(node) == Belongings.NONE) {
      belongings.set(node, collection, Belongings.WRAPPER);
      bytes[Belongings.WRAPPER] += tree.retainedBytes(node);
    }
  }

  private void open(int node) {
    if (opened == open.length) {
      open = Arrays.copyOf(open, 2 * opened);
    }
    open[opened++] = node;
  }

  private void array(int node) {
    if (!enter(node, Belongings.STRUCTURE)) {
      return;
    }
    int[] elements = structure.references(node);
    if (elements == null) {
      isWhole = false;
      return;
    }
    int step = kind.slots() == Slots.PAIRS ? 2 : 1;
    long taken = 0;
    for (int i = 0; i + step <= elements.length; i += step) {
      taken += isObject(elements[i]) && !isMoved(elements[i]) ? 1 : 0;
      slot(elements, i);
    }
    // A map that is growing has two.
    used += taken;
    there += elements.length / step;
    counted += kind.slots() == Slots.ENTRIES ? 0 : taken;
  }

  /** A mark of a map that is growing: what was there is in the new array. */
  private boolean isMoved(int node) {
    Placed placed = kind.slots() == Slots.ENTRIES ? kinds.of(shapes.classOf(node)) : null;
    return placed != null && placed.kind().parts().isEmpty();
  }

  private void slot(int[] elements, int at) {
    switch (kind.slots()) {
      case ENTRIES -> part(elements[at], Role.TABLE);
      case VALUES, SPARSE_VALUES, VALUES_OF_CONSTANTS -> element(elements[at], Role.VALUE);
      case PAIRS -> {
        element(elements[at], Role.KEY);
        if (elements[at] != 0 && !keysAreElements) {
          element(elements[at + 1], Role.VALUE);
        }
      }
      case NONE -> isWhole = false;
    }
  }

  private void entry(int node) {
    Placed placed = kinds.of(shapes.classOf(node));
    if (placed == null || placed.kind().counts() == Counts.COLLECTION) {
      isWhole = false;
      return;
    }
    if (!enter(node, Belongings.STRUCTURE)) {
      return;
    }
    int[] references = structure.references(node);
    if (references == null || references.length != placed.places().size()) {
      isWhole = false;
      return;
    }
    boolean isElement = isElement(placed, references);
    counted += isElement ? 1 : 0;
    for (int i = 0; i < references.length; i++) {
      Role role = placed.places().get(i).role();
      if (role == Role.TABLE) {
        part(references[i], role);
      } else if (isElement && !(keysAreElements && role == Role.VALUE)) {
        element(references[i], role);
      }
    }
  }

  /** Some chains begin with an entry that has no element, or keep removed ones for a while. */
  private static boolean isElement(Placed placed, int[] references) {
    boolean hasAll = true;
    for (int i = 0; i < references.length; i++) {
      boolean isAsked = switch (placed.places().get(i).role()) {
        case KEY, VALUE -> true;
        default -> false;
      };
      hasAll &= !isAsked || references[i] != 0;
    }
    return switch (placed.kind().counts()) {
      case ELEMENT -> true;
      case ELEMENT_WITH_VALUE, ELEMENT_WITH_BOTH -> hasAll;
      case COLLECTION, NOTHING -> false;
    };
  }

  private void element(int node, Role role) {
    // What only weak references lead to is nobody's.
    if (!isObject(node) || !isElement(node) || !reach.reached(node) || isOwn(node)) {
      return;
    }
    boolean isKey = role == Role.KEY && !keysAreElements;
    if (!isOwn(tree.dominator(node))) {
      keysElsewhere += isKey ? 1 : 0;
      valuesElsewhere += isKey ? 0 : 1;
      return;
    }
    byte before = belongings.part(node);
    if (before == Belongings.NONE) {
      count(node, isKey ? Belongings.KEY : Belongings.VALUE, tree.retainedBytes(node));
    } else if (before == Belongings.VALUE && isKey) {
      // Key of one entry and value of another: a key, whichever was met first.
      bytes[Belongings.VALUE] -= tree.retainedBytes(node);
      count(node, Belongings.KEY, tree.retainedBytes(node));
    }
  }

  private void count(int node, byte part, long retained) {
    belongings.set(node, collection, part);
    bytes[part] += retained;
  }

  private Finding finding() {
    boolean isList = kind.slots() == Slots.VALUES;
    OptionalLong size = kind.knowsItsSize() ? structure.size(inner) : OptionalLong.empty();
    long all = isList && !kind.knowsItsSize() ? there : counted;
    long elements = size.orElse(all);
    isWhole &= size.isPresent() || !kind.knowsItsSize();
    isWhole &= isList ? counted <= elements && elements <= there : counted == elements;
    boolean isHashed = kind.slots() == Slots.ENTRIES;
    Places places = isWhole
        ? new Places(isList ? elements : used, there,
            isHashed ? OptionalLong.of(counted - used) : OptionalLong.empty())
        : new Places(0, 0, isHashed ? OptionalLong.of(0) : OptionalLong.empty());
    long keys = keysElsewhere + (kind.slots() == Slots.VALUES_OF_CONSTANTS ? counted : 0);
    long known = bytes[Belongings.WRAPPER] + bytes[Belongings.STRUCTURE] + bytes[Belongings.KEY]
        + bytes[Belongings.VALUE];
    return new Finding(elements, places, new Elsewhere(keys, valuesElsewhere),
        new CollectionParts(bytes[Belongings.WRAPPER], bytes[Belongings.STRUCTURE], bytes[Belongings.KEY],
            bytes[Belongings.VALUE], tree.retainedBytes(collection) - known),
        isWhole);
  }
}
