package io.tare.heap.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where HotSpot (JDK 15 and later) puts fields: large ones first, each into the smallest hole that is left, else at the end;
 * references after the numbers, unless the super-class ends with references. Below a class with fields apart from all others ({@code @Contended})
 * every sub-class begins so far behind the last field above it, and no hole is filled.
 */
final class FieldPlaces {
  private static final int PADDING = 128;

  private record Hole(int from, int to) {}

  private final List<Hole> holes;
  private int end;
  private int fieldsEnd;
  private boolean endsWithReference;
  /** Whether this class, or one above it, keeps fields apart. */
  private boolean apart;

  FieldPlaces(int start) {
    this.holes = new ArrayList<>();
    this.end = start;
    this.fieldsEnd = start;
  }

  /** A sub-class continues where its super-class ends, holes included. */
  FieldPlaces(FieldPlaces superClass) {
    this.apart = superClass.apart;
    this.holes = apart ? new ArrayList<>() : new ArrayList<>(superClass.holes);
    this.end = apart ? superClass.fieldsEnd + PADDING : superClass.end;
    this.fieldsEnd = superClass.fieldsEnd;
    this.endsWithReference = !apart && superClass.endsWithReference;
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

  /** Room of which the fields tell nothing: what follows stands behind it. Much of it keeps fields apart. */
  void extendTo(int bytes) {
    apart |= bytes - end >= PADDING;
    holes.clear();
    end = Math.max(end, bytes);
    fieldsEnd = apart ? end - PADDING : end;
  }

  /** Behind all that is there, holes left as they are: references last, as they come. */
  void append(List<Integer> numberBytes, int references, int referenceBytes) {
    numberBytes.stream().sorted(Comparator.reverseOrder()).forEach(bytes -> end = aligned(end, bytes) + bytes);
    end = references == 0 ? end : aligned(end, referenceBytes) + references * referenceBytes;
    fieldsEnd = end;
  }

  /** Room that keeps what stands before and behind it out of one line of a processor's cache. */
  void pad() {
    holes.clear();
    end += PADDING;
    endsWithReference = false;
    apart = true;
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
      fieldsEnd = end;
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
