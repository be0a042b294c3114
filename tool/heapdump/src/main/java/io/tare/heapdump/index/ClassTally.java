package io.tare.heapdump.index;

/** What was seen of the objects of one class: how many, and the smallest distance to the next object in memory. */
final class ClassTally {
  final long classId;
  final boolean array;
  long objects;
  long elements;
  long leastGap = Long.MAX_VALUE;
  long objectsAtLeastGap;

  ClassTally(long classId, boolean array) {
    this.classId = classId;
    this.array = array;
  }

  void seeGap(long gap) {
    seeGap(gap, 1);
  }

  void add(ClassTally other) {
    objects += other.objects;
    elements += other.elements;
    if (other.objectsAtLeastGap > 0) {
      seeGap(other.leastGap, other.objectsAtLeastGap);
    }
  }

  private void seeGap(long gap, long count) {
    if (gap < leastGap) {
      leastGap = gap;
      objectsAtLeastGap = count;
    } else if (gap == leastGap) {
      objectsAtLeastGap += count;
    }
  }
}
