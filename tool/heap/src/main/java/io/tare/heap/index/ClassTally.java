package io.tare.heap.index;

/** What was seen of the objects of one class: how many, and the smallest distance to the next object in memory. */
final class ClassTally {
  final long classId;
  final boolean array;
  long objects;
  long elements;
  long leastGap = Long.MAX_VALUE;
  long objectsAtLeastGap;
  /** One of the objects at the least gap. */
  long exampleId;

  ClassTally(long classId, boolean array) {
    this.classId = classId;
    this.array = array;
  }

  void seeGap(long gap, long id) {
    seeGap(gap, 1, id);
  }

  void add(ClassTally other) {
    objects += other.objects;
    elements += other.elements;
    if (other.objectsAtLeastGap > 0) {
      seeGap(other.leastGap, other.objectsAtLeastGap, other.exampleId);
    }
  }

  private void seeGap(long gap, long count, long id) {
    if (gap < leastGap) {
      exampleId = id;
      leastGap = gap;
      objectsAtLeastGap = count;
    } else if (gap == leastGap) {
      objectsAtLeastGap += count;
      // The threads' parts come in any order; the lowest address does not depend on it.
      exampleId = Math.min(exampleId, id);
    }
  }
}
