package io.tare.history.trend;

import java.util.Optional;

/**
 * One change of level at one moment, with nothing before and after it: another configuration, a pool that was made.
 *
 * @param second when
 * @param height by how much, negative for a fall
 */
public record Step(double second, double height) {
  /** A step explains a track when two levels leave so much less of it open than a line does. */
  private static final double BETTER_THAN_A_LINE = 0.5;

  /** The step that explains the track better than a line does. */
  static Optional<Step> in(Curve track) {
    int size = track.size();
    if (size < 8) {
      return Optional.empty();
    }
    double[] sum = new double[size + 1];
    double[] squares = new double[size + 1];
    double offset = track.median();
    for (int i = 0; i < size; i++) {
      double value = track.value(i) - offset;
      sum[i + 1] = sum[i] + value;
      squares[i + 1] = squares[i] + value * value;
    }
    int best = 2;
    double least = Double.MAX_VALUE;
    for (int split = 2; split <= size - 2; split++) {
      double left = squares[split] - sum[split] * sum[split] / split;
      double right = squares[size] - squares[split]
          - (sum[size] - sum[split]) * (sum[size] - sum[split]) / (size - split);
      if (left + right < least) {
        least = left + right;
        best = split;
      }
    }
    double second = track.second(best);
    double height = track.after(second).median() - track.before(second).median();
    return height != 0 && least < BETTER_THAN_A_LINE * LineFit.of(track).left()
        ? Optional.of(new Step(second, height))
        : Optional.empty();
  }
}
