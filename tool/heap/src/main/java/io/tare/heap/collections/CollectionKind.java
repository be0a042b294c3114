package io.tare.heap.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a class of the JDK, from 8 on, keeps what a collection is made of.
 *
 * @param size the field with the number of elements; empty if they have to be counted
 * @param slots what the elements of its array are
 * @param counts whether it is a collection, or a part that is an element of one
 * @param parts its references, by what they lead to; the first part is the one that it can't do without
 * @param growsByItself whether it begins small and grows
 */
record CollectionKind(String className, String size, Slots slots, Counts counts, List<Part> parts,
    boolean growsByItself) {
  /** What the elements of a collection's array are. */
  enum Slots {
    NONE,
    /** Chains or trees of entries: whoever is not the first of its place collides. */
    ENTRIES,
    /** Elements, null ones among them. */
    VALUES,
    /** Elements where there are any: a hash table, a ring. */
    SPARSE_VALUES,
    /** A key, its value, a key, its value. */
    PAIRS,
    /** Values whose keys are the constants of an enum. */
    VALUES_OF_CONSTANTS
  }

  /** What one object of the class counts as. */
  enum Counts {
    COLLECTION, ELEMENT, ELEMENT_WITH_VALUE, ELEMENT_WITH_BOTH, NOTHING
  }

  /** What a reference leads to. */
  enum Role {
    /** An array, or an entry. */
    TABLE,
    /** The collection that does the work: a set's map. */
    INNER,
    /** A view, a lock, a counter. */
    WRAPPER,
    KEY,
    VALUE
  }

  /** Fields with the same role: names differ between versions of the JDK. */
  record Part(Role role, List<String> fields) {}

  CollectionKind {
    parts = List.copyOf(parts);
  }

  private static final String CONCURRENT = "java.util.concurrent.";
  private static final String FIXED = "java.util.ImmutableCollections$";

  static final CollectionKind NO_KIND = new CollectionKind("", "", Slots.NONE, Counts.NOTHING, List.of(), false);

  static final Map<String, CollectionKind> ALL = all().stream()
      .collect(Collectors.toUnmodifiableMap(CollectionKind::className, kind -> kind));

  private static List<CollectionKind> all() {
    List<CollectionKind> all = new ArrayList<>();
    all.addAll(hashed());
    all.addAll(otherMaps());
    all.addAll(sets());
    all.addAll(lists());
    all.addAll(queues());
    all.addAll(immutable());
    return all;
  }

  private static List<CollectionKind> hashed() {
    return List.of(
        map("java.util.HashMap", "size", Slots.ENTRIES, "table").growing(),
        entry("java.util.HashMap$Node", "key", "value", "next"),
        map("java.util.Hashtable", "count", Slots.ENTRIES, "table").growing(),
        entry("java.util.Hashtable$Entry", "key", "value", "next"),
        map("java.util.WeakHashMap", "size", Slots.ENTRIES, "table", "queue").growing(),
        entry("java.util.WeakHashMap$Entry", "referent", "value", "next"),
        map(CONCURRENT + "ConcurrentHashMap", "", Slots.ENTRIES, "table", "counterCells")
            .with(Role.TABLE, "nextTable").growing("baseCount"),
        entry(CONCURRENT + "ConcurrentHashMap$Node", "key", "val", "next"),
        link(CONCURRENT + "ConcurrentHashMap$TreeBin", "first", "root"),
        link(CONCURRENT + "ConcurrentHashMap$ForwardingNode"),
        link(CONCURRENT + "ConcurrentHashMap$ReservationNode"),
        new CollectionKind("java.util.Properties", "", Slots.NONE, Counts.COLLECTION,
            List.of(part(Role.INNER, "map")), false));
  }

  private static List<CollectionKind> otherMaps() {
    return List.of(
        map("java.util.IdentityHashMap", "size", Slots.PAIRS, "table").growing(),
        map("java.util.TreeMap", "size", Slots.NONE, "root", "navigableKeySet", "descendingMap").growing(),
        entry("java.util.TreeMap$Entry", "key", "value", "left", "right"),
        map("java.util.EnumMap", "size", Slots.VALUES_OF_CONSTANTS, "vals", "keyUniverse"),
        map(CONCURRENT + "ConcurrentSkipListMap", "", Slots.NONE, "head", "descendingMap", "adder"),
        link(CONCURRENT + "ConcurrentSkipListMap$Index", "node", "down", "right"),
        new CollectionKind(CONCURRENT + "ConcurrentSkipListMap$Node", "", Slots.NONE, Counts.ELEMENT_WITH_BOTH,
            List.of(part(Role.KEY, "key"), part(Role.VALUE, "val", "value"), part(Role.TABLE, "next")), false));
  }

  private static List<CollectionKind> sets() {
    return List.of(set("java.util.HashSet", "map"), set("java.util.TreeSet", "m"),
        set(CONCURRENT + "ConcurrentSkipListSet", "m"), set(CONCURRENT + "CopyOnWriteArraySet", "al"));
  }

  private static CollectionKind set(String className, String inner) {
    return new CollectionKind(className, "", Slots.NONE, Counts.COLLECTION, List.of(part(Role.INNER, inner)), false);
  }

  private static List<CollectionKind> lists() {
    return List.of(
        list("java.util.ArrayList", "size", Slots.VALUES, "elementData").growing(),
        list("java.util.Vector", "elementCount", Slots.VALUES, "elementData").growing(),
        list("java.util.Arrays$ArrayList", "", Slots.VALUES, "a"),
        list(CONCURRENT + "CopyOnWriteArrayList", "", Slots.VALUES, "array", "lock"),
        list("java.util.LinkedList", "size", Slots.NONE, "first").growing(),
        cell("java.util.LinkedList$Node", Counts.ELEMENT));
  }

  private static List<CollectionKind> queues() {
    return List.of(
        list("java.util.ArrayDeque", "", Slots.SPARSE_VALUES, "elements"),
        list("java.util.PriorityQueue", "size", Slots.VALUES, "queue").growing(),
        list(CONCURRENT + "ConcurrentLinkedQueue", "", Slots.NONE, "head"),
        cell(CONCURRENT + "ConcurrentLinkedQueue$Node", Counts.ELEMENT_WITH_VALUE),
        list(CONCURRENT + "LinkedBlockingQueue", "", Slots.NONE, "head", "count", "putLock", "takeLock", "notEmpty",
            "notFull"),
        cell(CONCURRENT + "LinkedBlockingQueue$Node", Counts.ELEMENT_WITH_VALUE),
        list(CONCURRENT + "ArrayBlockingQueue", "count", Slots.SPARSE_VALUES, "items", "lock", "notEmpty", "notFull"),
        new CollectionKind(CONCURRENT + "locks.ReentrantLock", "", Slots.NONE, Counts.NOTHING,
            List.of(part(Role.WRAPPER, "sync")), false));
  }

  private static List<CollectionKind> immutable() {
    return List.of(
        list(FIXED + "ListN", "", Slots.VALUES, "elements"),
        list(FIXED + "SetN", "size", Slots.SPARSE_VALUES, "elements"),
        map(FIXED + "MapN", "size", Slots.PAIRS, "table"),
        fixed(FIXED + "List12", part(Role.VALUE, "e0", "e1")),
        fixed(FIXED + "Set12", part(Role.VALUE, "e0", "e1")),
        fixed(FIXED + "Map1", part(Role.KEY, "k0")).with(Role.VALUE, "v0"));
  }

  private static CollectionKind fixed(String className, Part part) {
    return new CollectionKind(className, "", Slots.NONE, Counts.COLLECTION, List.of(part), false);
  }

  /** The views are cached in the map; beside them it may have others. */
  private static CollectionKind map(String className, String size, Slots slots, String table, String... others) {
    return list(className, size, slots, table, others).with(Role.WRAPPER, "keySet", "values", "entrySet");
  }

  private static CollectionKind list(String className, String size, Slots slots, String table, String... others) {
    List<Part> parts = others.length == 0
        ? List.of(part(Role.TABLE, table))
        : List.of(part(Role.TABLE, table), part(Role.WRAPPER, others));
    return new CollectionKind(className, size, slots, Counts.COLLECTION, parts, false);
  }

  private static CollectionKind entry(String className, String key, String value, String... next) {
    return new CollectionKind(className, "", Slots.NONE, Counts.ELEMENT,
        List.of(part(Role.KEY, key), part(Role.VALUE, value), part(Role.TABLE, next)), false);
  }

  private static CollectionKind cell(String className, Counts counts) {
    return new CollectionKind(className, "", Slots.NONE, counts,
        List.of(part(Role.VALUE, "item"), part(Role.TABLE, "next")), false);
  }

  private static CollectionKind link(String className, String... next) {
    List<Part> parts = next.length == 0 ? List.of() : List.of(part(Role.TABLE, next));
    return new CollectionKind(className, "", Slots.NONE, Counts.NOTHING, parts, false);
  }

  private static Part part(Role role, String... fields) {
    return new Part(role, List.of(fields));
  }

  private CollectionKind with(Role role, String... fields) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part(role, fields));
    return new CollectionKind(className, size, slots, counts, more, growsByItself);
  }

  private CollectionKind growing() {
    return growing(size);
  }

  private CollectionKind growing(String sizeField) {
    return new CollectionKind(className, sizeField, slots, counts, parts, true);
  }

  /** Whether the field has all elements: that of a ConcurrentHashMap has most of them. */
  boolean knowsItsSize() {
    return !size.isEmpty() && !size.equals("baseCount");
  }

  /** Without a map inside or entries. */
  boolean hasKeysOfItsOwn() {
    return parts.stream().anyMatch(part -> part.role() == Role.KEY);
  }

  /** Whether its elements are the keys of the map inside. */
  boolean isSetOfKeys() {
    return parts.getFirst().role() == Role.INNER && !className.equals("java.util.Properties");
  }
}
