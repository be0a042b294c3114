package io.tare.history.judge;

import io.tare.history.judge.Curve.Medians;
import java.util.Arrays;

/**
 * The median of the slopes of all pairs (Theil and Sen), with the interval that Kendall's rank statistic gives it. Outliers,
 * ties and uneven sampling do not mislead it; readings that hang together widen it.
 */
final class SenSlope {
  /** Two-sided 99.9 %: many accounts are judged, and a false alarm must stay rare. */
  private static final double Z = 3.29;
  private static final int FEW = 8;
  /** From here on ranks say as much as a line does, and are never misled by outliers. */
  private static final int MANY = 40;
  /** However much readings hang together, so many of them are worth as many independent ones. */
  private static final int LEAST_WORTH = 8;

  private SenSlope() {}

  /** Quadratic in the number of readings: thin the curve before. */
  static Slope of(Curve curve) {
    Slope byRank = byRank(curve);
    return curve.size() >= FEW && curve.size() < MANY ? narrower(byRank, curve) : byRank;
  }

  /** For readings that are no fair sample, such as the floor of a sawtooth: nothing is taken for granted of how they scatter. */
  static Slope byRank(Curve curve) {
    double[] slopes = slopes(curve);
    if (slopes.length == 0) {
      return new Slope(0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
    double slope = Medians.medianOfSorted(slopes);
    if (curve.size() < FEW) {
      return few(curve, slopes, slope);
    }
    double width = Z * Math.sqrt(variance(curve) * inflation(curve, slope));
    int low = (int) Math.floor((slopes.length - width) / 2);
    int high = (int) Math.ceil((slopes.length + width) / 2);
    return new Slope(slope, low < 0 ? Double.NEGATIVE_INFINITY : slopes[low],
        high >= slopes.length ? Double.POSITIVE_INFINITY : slopes[high]);
  }

  /** Ranks say little of few readings, though they lie on a line: what they lie beside it bounds the slope better then. */
  private static Slope narrower(Slope byRank, Curve curve) {
    LineFit line = LineFit.of(curve);
    double inflation = inflation(curve, byRank.perSecond());
    double error = line.slopeError() * Math.sqrt(inflation) * student(line.size() / inflation - 2);
    double low = Math.max(byRank.low(), Math.min(line.slope(), byRank.perSecond()) - error);
    double high = Math.min(byRank.high(), Math.max(line.slope(), byRank.perSecond()) + error);
    return new Slope(byRank.perSecond(), low, high);
  }

  /** Student's factor for the same confidence (Cornish and Fisher). */
  static double student(double freedom) {
    double z = Z;
    double f = Math.max(freedom, 2);
    double second = z * z;
    double fourth = second * second;
    return z * (1 + (second + 1) / (4 * f) + (5 * fourth + 16 * second + 3) / (96 * f * f)
        + (3 * fourth * second + 19 * fourth + 17 * second - 15) / (384 * f * f * f));
  }

  /** With few readings only an unbroken rise or fall proves anything. */
  private static Slope few(Curve curve, double[] slopes, double slope) {
    boolean unbroken = curve.size() >= 6 && (slopes[0] > 0 || slopes[slopes.length - 1] < 0);
    return unbroken
        ? new Slope(slope, slopes[0], slopes[slopes.length - 1])
        : new Slope(slope, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** The slope alone; 0 where there is none. */
  static double slopeOf(Curve curve) {
    double[] slopes = slopes(curve);
    return slopes.length == 0 ? 0 : Medians.medianOfSorted(slopes);
  }

  private static double[] slopes(Curve curve) {
    int size = curve.size();
    double[] slopes = new double[size * (size - 1) / 2];
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        double time = curve.second(j) - curve.second(i);
        if (time > 0) {
          slopes[count++] = (curve.value(j) - curve.value(i)) / time;
        }
      }
    }
    slopes = Arrays.copyOf(slopes, count);
    Arrays.sort(slopes);
    return slopes;
  }

  /** Of Kendall's S, less what ties take from it. */
  private static double variance(Curve curve) {
    double[] values = new double[curve.size()];
    Arrays.setAll(values, curve::value);
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
  private static double inflation(Curve curve, double slope) {
    double[] rest = new double[curve.size()];
    Arrays.setAll(rest, i -> curve.value(i) - slope * curve.second(i));
    double correlation = lagOne(rest);
    return Math.clamp((1 + correlation) / (1 - correlation), 1, Math.max(1, curve.size() / (double) LEAST_WORTH));
  }

  /** Correlation of neighbours, corrected for its bias in short curves; never below zero. */
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

  /** A rate of change per second, and the interval that holds the true one with high confidence; infinite where nothing is known. */
  public record Slope(double perSecond, double low, double high) {
    /** Whether the estimate with its error, as it is printed, leaves zero out. */
    public boolean isAboveZero() {
      return low > 0 && high - perSecond < perSecond;
    }

    /** Whether the interval has ends at all. */
    public boolean isBounded() {
      return Double.isFinite(low) && Double.isFinite(high);
    }
  }

  /**
   * The straight line of least squares.
   *
   * @param slopeError the standard error of its slope
   * @param left the sum of the squares of what lies beside it
   */
  record LineFit(int size, double slope, double slopeError, double left) {

    static LineFit of(Curve curve) {
      int size = curve.size();
      double time = 0;
      double level = 0;
      for (int i = 0; i < size; i++) {
        time += curve.second(i) / size;
        level += curve.value(i) / size;
      }
      double times = 0;
      double both = 0;
      double levels = 0;
      for (int i = 0; i < size; i++) {
        double t = curve.second(i) - time;
        double v = curve.value(i) - level;
        times += t * t;
        both += t * v;
        levels += v * v;
      }
      double slope = times == 0 ? 0 : both / times;
      double left = Math.max(0, times == 0 ? levels : levels - both * slope);
      double error = times == 0 || size < 3 ? Double.POSITIVE_INFINITY : Math.sqrt(left / (size - 2) / times);
      return new LineFit(size, slope, error, left);
    }
  }
}
