package io.tare.heap.answers;

import io.tare.heap.hprof.ClassDump;
import io.tare.heap.index.HeapClass;

/** Where an object's values stand in the dump. */
public sealed interface ObjectRecord {
  long id();

  HeapClass heapClass();

  /** The values as the dump has them. */
  record Instance(long id, HeapClass heapClass, long position, int length) implements ObjectRecord {}

  /** An array of references or numbers; {@code type} as in {@link io.tare.heap.hprof.BasicType}. */
  record Array(long id, HeapClass heapClass, int type, long position, int count) implements ObjectRecord {}

  /** A {@code java.lang.Class} object: {@code described} is the class that it stands for. */
  record Mirror(long id, HeapClass heapClass, HeapClass described, ClassDump dump) implements ObjectRecord {}
}
