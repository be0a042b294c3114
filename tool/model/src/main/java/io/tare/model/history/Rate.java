package io.tare.model.history;

/**
 * How fast something changes: the estimate, and the bounds that the truth lies between with high confidence.
 *
 * <p>Bytes or things, per hour, per round or per item; whoever holds it says which.
 */
public record Rate(double estimate, double low, double high) {
  /** Half the width of the interval: the e of {@code R ± e}. */
  public double error() {
    return Math.max(high - estimate, estimate - low);
  }
}
