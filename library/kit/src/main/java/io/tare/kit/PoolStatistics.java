package io.tare.kit;

/**
 * What a pool has done since it was made. Read while threads work, the counts may be a few takes apart.
 *
 * @param threadTakes takes served from the taking thread's own stack
 * @param depotTakes takes served from the stack that all threads share
 * @param created values made and kept for use again
 * @param unpooled values made outside the pool, because the pool was full or the value too large
 * @param dropped values thrown away: the reset failed, room was needed for another size, or {@code trim}
 * @param misuses leaks and late writes found
 * @param heldWeight what the pool answers for now, idle or leased: bytes in a buffer pool, values in an object pool
 */
public record PoolStatistics(long threadTakes, long depotTakes, long created, long unpooled, long dropped, long misuses,
    long heldWeight) {
  /** All takes. */
  public long takes() {
    return threadTakes + depotTakes + created + unpooled;
  }

  /** The share of takes that made nothing new, 0 to 1; 1 before the first take. */
  public double hitShare() {
    return takes() == 0 ? 1 : (double) (threadTakes + depotTakes) / takes();
  }
}
