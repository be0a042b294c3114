package io.tare.heap.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where HotSpot (JDK 15 and later) puts fields: large ones first, each into the smallest hole that is left, else at the end;
 * references after the numbers, unless the super-class ends with references.
 */
final class FieldPlaces {
  private static final int PADDING = 128;

  private record Hole(int from, int to) {}

  private final List<Hole> holes;
  private int end;
  private boolean endsWithReference;

  FieldPlaces(int start) {
    this.holes = new ArrayList<>();
    this.end = start;
  }

  /** A sub-class continues where its super-class ends, holes included. */
  FieldPlaces(FieldPlaces superClass) {
    this.holes = new ArrayList<>(superClass.holes);
    this.end = superClass.end;
    this.endsWithReference = superClass.endsWithReference;
  }

  int end() {
    return end;
  }

  void add(List<Integer> numberBytes, int references, int referenceBytes) {
    if (endsWithReference) {
      addReferences(references, referenceBytes);
    }
    boolean referencesFirst = endsWithReference;
    numberBytes.stream().sorted(Comparator.reverseOrder()).forEach(this::place);
    if (!referencesFirst) {
      addReferences(references, referenceBytes);
    }
    if (references > 0 || !numberBytes.isEmpty()) {
      endsWithReference = references > 0 && (!referencesFirst || numberBytes.isEmpty());
    }
  }

  /** Room of which the fields tell nothing: what follows stands behind it. */
  void extendTo(int bytes) {
    holes.clear();
    end = Math.max(end, bytes);
  }

  /** Behind all that is there, holes left as they are: references last, as they come. */
  void append(List<Integer> numberBytes, int references, int referenceBytes) {
    numberBytes.stream().sorted(Comparator.reverseOrder()).forEach(bytes -> end = aligned(end, bytes) + bytes);
    end = references == 0 ? end : aligned(end, referenceBytes) + references * referenceBytes;
  }

  /** Room that keeps what stands before and behind it out of one line of a processor's cache. */
  void pad() {
    extendTo(end + PADDING);
    endsWithReference = false;
  }

  private void addReferences(int count, int bytes) {
    for (int i = 0; i < count; i++) {
      place(bytes);
    }
  }

  private void place(int bytes) {
    Hole best = null;
    for (Hole hole : holes) {
      boolean fits = aligned(hole.from(), bytes) + bytes <= hole.to();
      if (fits && (best == null || hole.to() - hole.from() < best.to() - best.from())) {
        best = hole;
      }
    }
    if (best == null) {
      int at = aligned(end, bytes);
      keep(end, at);
      end = at + bytes;
      return;
    }
    holes.remove(best);
    int at = aligned(best.from(), bytes);
    keep(best.from(), at);
    keep(at + bytes, best.to());
  }

  private void keep(int from, int to) {
    if (to > from) {
      holes.add(new Hole(from, to));
    }
  }

  private static int aligned(int at, int bytes) {
    return (at + bytes - 1) / bytes * bytes;
  }
}
