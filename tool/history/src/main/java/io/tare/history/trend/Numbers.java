package io.tare.history.trend;

import java.util.Arrays;

/** Order statistics. */
final class Numbers {
  private Numbers() {}

  static double median(double[] values, int from, int to) {
    if (to == from) {
      return 0;
    }
    double[] sorted = Arrays.copyOfRange(values, from, to);
    Arrays.sort(sorted);
    return medianOfSorted(sorted);
  }

  static double medianOfSorted(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
