package io.tare.kit.batch;

/**
 * How much a {@link BatchReader} has in memory: at most {@code maxItems * (maxAhead + 1)} items.
 *
 * @param maxItems items in one batch
 * @param maxAhead batches that may be read before they are asked for; 0 reads on the caller's thread
 */
public record BatchLimits(int maxItems, int maxAhead) {
  /** Checks the limits. */
  public BatchLimits {
    if (maxItems < 1 || maxAhead < 0) {
      throw new IllegalArgumentException("batches of " + maxItems + " items, " + maxAhead + " ahead");
    }
  }
}
