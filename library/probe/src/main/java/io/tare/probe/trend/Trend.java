package io.tare.probe.trend;

import java.util.Arrays;

/**
 * The slope of a series per step: the median of the slopes between all pairs of points (Theil and Sen), with the bounds that
 * hold it at the wanted confidence. A few outliers do not move it.
 */
public record Trend(double slope, double low, double high, int points) {
  /** Standard deviations of the normal distribution that leave one in a thousand outside, both sides together. */
  public static final double ONE_IN_A_THOUSAND = 3.2905;
  /** The least number of points with which a bound at {@link #ONE_IN_A_THOUSAND} can be above zero. */
  public static final int LEAST_POINTS = 8;

  /** The trend of values at steps 0, 1, 2 …; with fewer than two points it is unknown: 0 within infinite bounds. */
  public static Trend of(long[] values, double standardDeviations) {
    double[] slopes = pairSlopes(values);
    if (slopes.length == 0) {
      return new Trend(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, values.length);
    }
    double n = values.length;
    double spread = standardDeviations * Math.sqrt(n * (n - 1) * (2 * n + 5) / 18);
    int below = (int) Math.floor((slopes.length - spread) / 2);
    boolean bounded = below >= 0;
    double low = bounded ? slopes[below] : Double.NEGATIVE_INFINITY;
    double high = bounded ? slopes[slopes.length - 1 - below] : Double.POSITIVE_INFINITY;
    return new Trend(median(slopes), low, high, values.length);
  }

  /** Whether the series grows, with the confidence that was asked for. */
  public boolean isGrowing() {
    return low > 0;
  }

  private static double[] pairSlopes(long[] values) {
    double[] slopes = new double[values.length * Math.max(0, values.length - 1) / 2];
    int next = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        slopes[next++] = (double) (values[j] - values[i]) / (j - i);
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
