package io.tare.heap.waste;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the collections of the JDK keep their size and their array. */
final class CollectionKinds {
  /** Places in an instance's values; {@code arrayOffset} is -1 for collections without an array. */
  record Places(int sizeOffset, int sizeBytes, int arrayOffset) {
    /** Whether an instance of so many bytes has both fields; in a damaged dump it may not. */
    boolean fits(int length, int idBytes) {
      return sizeOffset + sizeBytes <= length && arrayOffset + idBytes <= length;
    }
  }

  private record Known(String className, String size, String array) {}

  private static final List<Known> KNOWN = List.of(
      new Known("java.util.ArrayList", "size", "elementData"),
      new Known("java.util.HashMap", "size", "table"),
      new Known("java.util.concurrent.ConcurrentHashMap", "baseCount", "table"),
      new Known("java.util.Hashtable", "count", "table"),
      new Known("java.util.Vector", "elementCount", "elementData"),
      new Known("java.util.PriorityQueue", "size", "queue"),
      new Known("java.util.IdentityHashMap", "size", "table"),
      new Known("java.util.WeakHashMap", "size", "table"),
      new Known("java.util.TreeMap", "size", ""),
      new Known("java.util.LinkedList", "size", ""));

  private final @Nullable Places[] byClass;

  CollectionKinds(Classes classes) {
    byClass = new Places[classes.count()];
    for (HeapClass heapClass : classes.all()) {
      KNOWN.stream().filter(known -> classes.isA(heapClass, known.className())).findFirst()
          .flatMap(known -> places(heapClass, known))
          .ifPresent(places -> byClass[heapClass.number()] = places);
    }
  }

  private static Optional<Places> places(HeapClass heapClass, Known known) {
    Optional<FieldAt> size = heapClass.field(known.size());
    Optional<FieldAt> array = heapClass.field(known.array());
    return size.map(field -> new Places(
        field.offset(), BasicType.bytes(field.type(), 0), array.map(FieldAt::offset).orElse(-1)));
  }

  @Nullable
  Places of(int classNumber) {
    return byClass[classNumber];
  }
}
