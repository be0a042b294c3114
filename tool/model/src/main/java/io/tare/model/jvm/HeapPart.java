package io.tare.model.jvm;

/**
 * A part of the Java heap that is used from its bottom up: a space, a region, a page.
 *
 * @param role young, old, humongous, free …, in the collector's own words
 * @param top the first address that holds nothing; {@code bottom} for an empty part
 */
public record HeapPart(String role, long bottom, long top, long end) {
  public HeapPart {
    if (Long.compareUnsigned(bottom, top) > 0 || Long.compareUnsigned(top, end) > 0) {
      throw new IllegalArgumentException(
          "heap part out of order: " + Long.toHexString(bottom) + ", " + Long.toHexString(top) + ", "
              + Long.toHexString(end));
    }
  }

  public long usedBytes() {
    return top - bottom;
  }
}
