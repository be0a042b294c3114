package io.tare.heap.collections;

import io.tare.model.heap.HeapCollections.CollectionLine;
import io.tare.model.heap.HeapCollections.CollectionLine.Elsewhere;
import io.tare.model.heap.HeapCollections.CollectionLine.Places;
import io.tare.model.heap.HeapCollections.CollectionParts;
import java.util.OptionalLong;

/** Sums over the collections of a class. */
final class Tally {
  private long collections;
  private long empty;
  private long ofOne;
  private long elements;
  private long used;
  private long there;
  private long collided;
  private boolean isHashed;
  private long keysElsewhere;
  private long valuesElsewhere;
  private long unread;
  /** By the part of {@link Belongings}. */
  private final long[] parts = new long[Belongings.SHARED + 1];
  private long nested;
  private long retained;

  void add(Finding found, long retainedBytes) {
    collections++;
    empty += found.elements() == 0 ? 1 : 0;
    ofOne += found.elements() == 1 ? 1 : 0;
    elements += found.elements();
    used += found.places().used();
    there += found.places().there();
    collided += found.places().collided().orElse(0);
    isHashed |= found.places().collided().isPresent();
    keysElsewhere += found.elsewhere().keys();
    valuesElsewhere += found.elsewhere().values();
    unread += found.isWhole() ? 0 : 1;
    parts[Belongings.WRAPPER] += found.parts().wrapperBytes();
    parts[Belongings.STRUCTURE] += found.parts().tableBytes();
    parts[Belongings.KEY] += found.parts().keyBytes();
    parts[Belongings.VALUE] += found.parts().valueBytes();
    parts[Belongings.SHARED] += found.parts().sharedBytes();
    retained += retainedBytes;
  }

  /** One lies in a part of another: what it holds is counted as its own. */
  void takeOut(byte part, long retainedBytes) {
    nested++;
    retained -= retainedBytes;
    parts[part] -= retainedBytes;
  }

  Tally with(Tally other) {
    collections += other.collections;
    empty += other.empty;
    ofOne += other.ofOne;
    elements += other.elements;
    used += other.used;
    there += other.there;
    collided += other.collided;
    isHashed |= other.isHashed;
    keysElsewhere += other.keysElsewhere;
    valuesElsewhere += other.valuesElsewhere;
    unread += other.unread;
    for (int part = 0; part < parts.length; part++) {
      parts[part] += other.parts[part];
    }
    nested += other.nested;
    retained += other.retained;
    return this;
  }

  CollectionLine line(String className) {
    return new CollectionLine(className, collections, nested, empty, ofOne, elements,
        new Places(used, there, isHashed ? OptionalLong.of(collided) : OptionalLong.empty()),
        new Elsewhere(keysElsewhere, valuesElsewhere), unread,
        new CollectionParts(parts[Belongings.WRAPPER], parts[Belongings.STRUCTURE], parts[Belongings.KEY],
            parts[Belongings.VALUE], parts[Belongings.SHARED]),
        retained);
  }
}
