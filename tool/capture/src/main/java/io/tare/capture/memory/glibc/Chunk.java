package io.tare.capture.memory.glibc;

/** How glibc writes the size of a chunk: the second word of its head, with three flags in the low bits. */
final class Chunk {
  static final int HEAD_BYTES = 2 * Long.BYTES;
  static final int ALIGNMENT = 16;

  /** The smallest chunk that malloc hands out; a smaller one is a fence at the end of a segment. */
  static final int SMALLEST = 32;

  /** The head and the links of a free chunk: {@code malloc_trim} keeps them. */
  static final int FREE_HEAD_BYTES = 6 * Long.BYTES;

  private static final long PREVIOUS_IN_USE = 1;
  private static final long MAPPED = 2;
  private static final long FLAGS = 7;

  private Chunk() {}

  static long size(long sizeField) {
    return sizeField & ~FLAGS;
  }

  static boolean previousInUse(long sizeField) {
    return (sizeField & PREVIOUS_IN_USE) != 0;
  }

  static boolean isMapped(long sizeField) {
    return (sizeField & FLAGS) == MAPPED;
  }

  /** Whether this can be the size field of a chunk of an arena with so much room left. */
  static boolean isSane(long sizeField, long room) {
    long size = size(sizeField);
    return sizeField != WordWindow.ABSENT && (sizeField & MAPPED) == 0 && size >= HEAD_BYTES && size % ALIGNMENT == 0
        && size <= room;
  }
}
