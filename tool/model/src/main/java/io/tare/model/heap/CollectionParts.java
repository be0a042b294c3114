package io.tare.model.heap;

/**
 * What collections hold, by part; nothing counts twice.
 *
 * @param wrapperBytes the collections' own objects, with the map inside a set, cached views and locks
 * @param tableBytes arrays and entries
 * @param keyBytes keys that a collection alone holds, with all that only they hold
 * @param valueBytes the same of values, and of the elements of lists, queues and sets
 * @param sharedBytes the rest: what several entries share, and what fields of sub-classes hold
 */
public record CollectionParts(long wrapperBytes, long tableBytes, long keyBytes, long valueBytes, long sharedBytes) {
  public long sumBytes() {
    return wrapperBytes + tableBytes + keyBytes + valueBytes + sharedBytes;
  }
}
