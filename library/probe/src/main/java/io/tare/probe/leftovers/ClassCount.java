package io.tare.probe.leftovers;

/** How many objects of one class, and their bytes without what they refer to. */
public record ClassCount(long objects, long bytes) {
  static final ClassCount NONE = new ClassCount(0, 0);

  ClassCount minus(ClassCount other) {
    return new ClassCount(objects - other.objects, bytes - other.bytes);
  }

  ClassCount plus(ClassCount other) {
    return new ClassCount(objects + other.objects, bytes + other.bytes);
  }
}
