package io.tare.history.trend;

/**
 * The straight line of least squares.
 *
 * @param slopeError the standard error of its slope
 * @param left the sum of the squares of what lies beside it
 */
record LineFit(int size, double slope, double slopeError, double left) {

  static LineFit of(Curve track) {
    int size = track.size();
    double time = 0;
    double level = 0;
    for (int i = 0; i < size; i++) {
      time += track.second(i) / size;
      level += track.value(i) / size;
    }
    double times = 0;
    double both = 0;
    double levels = 0;
    for (int i = 0; i < size; i++) {
      double t = track.second(i) - time;
      double v = track.value(i) - level;
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
