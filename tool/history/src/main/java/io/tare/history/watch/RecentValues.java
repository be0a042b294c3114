package io.tare.history.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The readings of the last ten minutes, at most one in five seconds. */
final class RecentValues {
  static final long SPACING_MILLIS = 5_000;
  private static final int MOST = 120;
  private static final int LEAST_TO_TELL = 6;
  private static final long LEAST_MILLIS_TO_TELL = 60_000;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private final long[] moments = new long[MOST];
  private final double[] values = new double[MOST];
  private int next;
  private int size;
  private double first = Double.NaN;
  private double latest = Double.NaN;

  void add(long epochMillis, double value) {
    first = Double.isNaN(first) ? value : first;
    latest = value;
    if (size > 0 && epochMillis - moments[(next + MOST - 1) % MOST] < SPACING_MILLIS) {
      return;
    }
    moments[next] = epochMillis;
    values[next] = value;
    next = (next + 1) % MOST;
    size = Math.min(MOST, size + 1);
  }

  double latest() {
    return latest;
  }

  double sinceFirst() {
    return latest - first;
  }

  /** Oldest first; the newest reading is the last. */
  List<Double> all() {
    List<Double> all = new ArrayList<>(size + 1);
    for (int i = 0; i < size; i++) {
      all.add(values[place(i)]);
    }
    all.add(latest);
    return all;
  }

  private int place(int index) {
    return (next - size + index + MOST) % MOST;
  }

  /** The median of the slopes between all pairs: a step or a spike moves it little. Empty while there is too little to tell. */
  OptionalDouble perHour() {
    if (size < LEAST_TO_TELL || moments[place(size - 1)] - moments[place(0)] < LEAST_MILLIS_TO_TELL) {
      return OptionalDouble.empty();
    }
    double[] slopes = new double[size * (size - 1) / 2];
    int count = 0;
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        slopes[count++] = (values[place(j)] - values[place(i)]) / (moments[place(j)] - moments[place(i)]);
      }
    }
    Arrays.sort(slopes);
    return OptionalDouble.of(slopes[slopes.length / 2] * MILLIS_PER_HOUR);
  }
}
