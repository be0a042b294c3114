package io.tare.history.trend;

import java.util.Arrays;

/**
 * The median of the slopes of all pairs (Theil and Sen), with the interval that Kendall's rank statistic gives it. Outliers,
 * ties and uneven sampling do not mislead it; readings that hang together widen it.
 */
final class SenSlope {
  /** Two-sided 99.9 %: many accounts are judged, and a false alarm must stay rare. */
  private static final double Z = 3.29;
  private static final int FEW = 8;
  /** However much readings hang together, so many of them are worth as many independent ones. */
  private static final int LEAST_WORTH = 8;

  private SenSlope() {}

  /** Quadratic in the number of readings: thin the track before. */
  static Slope of(Track track) {
    double[] slopes = slopes(track);
    if (slopes.length == 0) {
      return new Slope(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double slope = Numbers.medianOfSorted(slopes);
    if (track.size() < FEW) {
      return few(track, slopes, slope);
    }
    double width = Z * Math.sqrt(variance(track) * inflation(track, slope));
    int low = (int) Math.floor((slopes.length - width) / 2);
    int high = (int) Math.ceil((slopes.length + width) / 2);
    return new Slope(slope, low < 0 ? Double.NEGATIVE_INFINITY : slopes[low],
        high >= slopes.length ? Double.POSITIVE_INFINITY : slopes[high]);
  }

  /** With few readings only an unbroken rise or fall proves anything. */
  private static Slope few(Track track, double[] slopes, double slope) {
    boolean unbroken = track.size() >= 6 && (slopes[0] > 0 || slopes[slopes.length - 1] < 0);
    return unbroken
        ? new Slope(slope, slopes[0], slopes[slopes.length - 1])
        : new Slope(slope, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  private static double[] slopes(Track track) {
    int size = track.size();
    double[] slopes = new double[size * (size - 1) / 2];
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        double time = track.second(j) - track.second(i);
        if (time > 0) {
          slopes[count++] = (track.value(j) - track.value(i)) / time;
        }
      }
    }
    slopes = Arrays.copyOf(slopes, count);
    Arrays.sort(slopes);
    return slopes;
  }

  /** Of Kendall's S, less what ties take from it. */
  private static double variance(Track track) {
    double[] values = new double[track.size()];
    Arrays.setAll(values, track::value);
    Arrays.sort(values);
    double variance = ofTies(values.length);
    int from = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[from]) {
        variance -= ofTies(i - from);
        from = i;
      }
    }
    return variance;
  }

  private static double ofTies(double n) {
    return n * (n - 1) * (2 * n + 5) / 18;
  }

  /** How many readings are worth one independent one. */
  private static double inflation(Track track, double slope) {
    double[] rest = new double[track.size()];
    Arrays.setAll(rest, i -> track.value(i) - slope * track.second(i));
    double correlation = lagOne(rest);
    return Math.clamp((1 + correlation) / (1 - correlation), 1, Math.max(1, track.size() / (double) LEAST_WORTH));
  }

  /** Correlation of neighbours, corrected for its bias in short tracks; never below zero. */
  private static double lagOne(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double together = 0;
    double alone = 0;
    for (int i = 0; i < values.length; i++) {
      alone += (values[i] - mean) * (values[i] - mean);
      together += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
    }
    if (alone == 0) {
      return 0;
    }
    double n = values.length;
    return Math.clamp((n * together / alone + 1) / (n - 4), 0, 0.97);
  }
}
