package io.tare.model.heap;

/**
 * A number before and after.
 */
public record Growth(long before, long after) {
  public long delta() {
    return after - before;
  }
}
