package io.tare.model.history;

/**
 * A class, type or function that became more from count to count.
 *
 * @param firstBytes in the first counts; at most this where it was too small to be kept
 * @param counts how many counts it was judged over
 */
public record Grower(Counting.Kind kind, String name, long firstBytes, long lastBytes, long firstObjects,
    long lastObjects, int counts) {
  public long moreBytes() {
    return lastBytes - firstBytes;
  }

  public long moreObjects() {
    return lastObjects - firstObjects;
  }
}
