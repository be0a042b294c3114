package io.tare.heap.collections;

import io.tare.heap.collections.CollectionKind.Counts;
import io.tare.heap.collections.CollectionKind.Part;
import io.tare.heap.collections.CollectionKind.Role;
import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classes of one dump that are collections, or parts of them, with the places of their fields. */
public final class CollectionKinds {
  /** What stands for null, or for no element, in a table: static fields by class. */
  private static final Map<String, String> MASKS = Map.of("java.util.ImmutableCollections", "EMPTY",
      "java.util.EnumMap",
      "NULL", "java.util.IdentityHashMap", "NULL_KEY");

  /** Where a part's reference stands in an instance's values. */
  record Place(Role role, int offset) {}

  /**
   * A kind as a class of the dump has it.
   *
   * @param size where the number of elements stands
   */
  record Placed(CollectionKind kind, Optional<FieldAt> size, List<Place> places) {
    Placed {
      places = List.copyOf(places);
    }
  }

  /** Places in an instance's values; {@code arrayOffset} is -1 for collections without an array. */
  public record Places(int sizeOffset, int sizeBytes, int arrayOffset) {
    /** Whether an instance of so many bytes has both fields; in a damaged dump it may not. */
    public boolean fits(int length, int idBytes) {
      return sizeOffset + sizeBytes <= length && arrayOffset + idBytes <= length;
    }
  }

  private final @Nullable Placed[] byClass;
  private final @Nullable Places[] growing;

  public CollectionKinds(Classes classes) {
    byClass = new Placed[classes.count()];
    growing = new Places[classes.count()];
    for (HeapClass heapClass : classes.all()) {
      byClass[heapClass.number()] = placed(heapClass, classes);
      growing[heapClass.number()] = growing(byClass[heapClass.number()]);
    }
  }

  /** By the nearest class above that is known and has the fields: {@code Properties} got a map of its own with JDK 9. */
  private static @Nullable Placed placed(HeapClass heapClass, Classes classes) {
    HeapClass at = heapClass;
    for (int depth = 0; depth < classes.count(); depth++) {
      CollectionKind kind = CollectionKind.ALL.get(at.name());
      Placed placed = kind == null ? null : placed(kind, at, heapClass, classes);
      if (placed != null || at.superNumber() < 0) {
        return placed;
      }
      at = classes.get(at.superNumber());
    }
    return null;
  }

  private static @Nullable Placed placed(CollectionKind kind, HeapClass known, HeapClass heapClass, Classes classes) {
    List<Place> places = new ArrayList<>();
    for (Part part : kind.parts()) {
      for (FieldAt field : heapClass.fields()) {
        if (field.type() == BasicType.OBJECT && part.fields().contains(field.name())
            && isOf(field, known, classes)) {
          places.add(new Place(part.role(), field.offset()));
        }
      }
    }
    Optional<FieldAt> size = heapClass.fields().stream()
        .filter(field -> field.name().equals(kind.size()) && isOf(field, known, classes)).findFirst();
    boolean isComplete = kind.parts().isEmpty()
        || places.stream().anyMatch(place -> place.role() == kind.parts().getFirst().role());
    return isComplete ? new Placed(kind, size, places) : null;
  }

  /** A sub-class may have a field of the same name. */
  private static boolean isOf(FieldAt field, HeapClass known, Classes classes) {
    return field.declaringClass() < 0 || field.declaringClass() >= classes.count()
        || classes.isA(known, classes.get(field.declaringClass()).name());
  }

  private static @Nullable Places growing(@Nullable Placed placed) {
    if (placed == null || !placed.kind().growsByItself() || placed.size().isEmpty()) {
      return null;
    }
    FieldAt size = placed.size().get();
    boolean hasArray = placed.kind().slots() != CollectionKind.Slots.NONE;
    int array = hasArray ? placed.places().getFirst().offset() : -1;
    return new Places(size.offset(), BasicType.bytes(size.type(), 0), array);
  }

  /** Of a collection that begins small and grows: what it is worth to look at when it stays small. */
  public @Nullable Places growing(int classNumber) {
    return growing[classNumber];
  }

  /** Of a collection or of what collections are made of. */
  @Nullable
  Placed of(int classNumber) {
    return classNumber < 0 ? null : byClass[classNumber];
  }

  /** Whether its objects are collections. */
  public boolean isCollection(int classNumber) {
    Placed placed = of(classNumber);
    return placed != null && placed.kind().counts() == Counts.COLLECTION;
  }

  /** What {@link Structure#references} wants of an instance: where its references stand; empty if it is no part of a collection. */
  public int[] offsets(int classNumber) {
    Placed placed = of(classNumber);
    return placed == null ? new int[0] : placed.places().stream().mapToInt(Place::offset).toArray();
  }

  /** Whether a reference leads to another part of the collection, not to a key or a value. */
  public boolean leadsOn(int classNumber, int place) {
    Placed placed = of(classNumber);
    return placed != null && switch (placed.places().get(place).role()) {
      case TABLE, INNER, WRAPPER -> true;
      case KEY, VALUE -> false;
    };
  }

  /** Whether the elements of a collection's array are parts of it. */
  public boolean hasEntries(int classNumber) {
    Placed placed = of(classNumber);
    return placed != null && placed.kind().slots() == CollectionKind.Slots.ENTRIES;
  }

  /** The field with the number of elements. */
  public Optional<FieldAt> sizeField(int classNumber) {
    Placed placed = of(classNumber);
    return placed == null ? Optional.empty() : placed.size();
  }

  /** The objects that stand for null or for no element. */
  static Set<Integer> masks(DumpIndex index) {
    Set<Integer> masks = new HashSet<>();
    Outline outline = index.outline();
    MASKS.forEach((className, field) -> index.classes().named(className).flatMap(index.classes()::dump)
        .map(ClassDump::statics).orElse(List.of()).stream()
        .filter(value -> field.equals(outline.names().get(value.nameId())))
        .forEach(value -> masks.add(index.objects().find(value.value()))));
    masks.remove(0);
    return masks;
  }
}
