package io.tare.history.trend;

/** A rate of change per second, and the interval that holds the true one with high confidence; infinite where nothing is known. */
public record Slope(double perSecond, double low, double high) {
  /** Whether the interval has ends at all. */
  public boolean isBounded() {
    return Double.isFinite(low) && Double.isFinite(high);
  }
}
