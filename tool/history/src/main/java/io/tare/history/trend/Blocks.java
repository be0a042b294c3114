package io.tare.history.trend;

/** Levels of equal stretches of time: does a rise go on all the time, or did it come at once, or end? */
final class Blocks {
  private static final int MOST = 6;
  private static final int LEAST = 4;
  private static final int READINGS_EACH = 8;
  /** A rise that goes on has no stretch that brought more of it than this. */
  private static final double MOST_AT_ONCE = 0.55;
  private static final double MOST_OF_A_RISE = 2.5;
  private static final double LEAST_OF_A_RISE = 0.1;
  private static final double LEAST_AT_THE_END = 0.3;
  /** Growth that slows down more than this may end by itself: a cache that fills, a warm-up. */
  private static final double LEAST_KEPT = 0.6;

  private final Curve track;
  private final Curve levels;

  private Blocks(Curve track, Curve levels) {
    this.track = track;
    this.levels = levels;
  }

  static Blocks of(Curve track) {
    int count = Math.clamp(track.size() / READINGS_EACH, LEAST, MOST);
    return new Blocks(track, track.size() <= MOST ? track : track.stretches(count));
  }

  /** Whether it rises from stretch to stretch, evenly, until the end. */
  boolean risesEvenly() {
    int last = levels.size() - 1;
    double rise = levels.value(last) - levels.value(0);
    if (last < LEAST - 1 || rise <= 0) {
      return false;
    }
    double slope = rise / (levels.second(last) - levels.second(0));
    int flat = 0;
    for (int i = 1; i <= last; i++) {
      double expected = slope * time(i);
      flat += rise(i) < LEAST_OF_A_RISE * expected ? 1 : 0;
      if (rise(i) > Math.max(MOST_AT_ONCE * rise, MOST_OF_A_RISE * expected)) {
        return false;
      }
    }
    return flat <= (last >= 5 ? 1 : 0) && rise(last) >= LEAST_AT_THE_END * slope * time(last);
  }

  private double rise(int i) {
    return levels.value(i) - levels.value(i - 1);
  }

  private double time(int i) {
    return levels.second(i) - levels.second(i - 1);
  }

  /** By the levels and by the slopes of both halves: with few readings either alone is misled too easily. */
  boolean slowsDown() {
    int last = levels.size() - 1;
    int half = last / 2;
    if (half == 0) {
      return false;
    }
    double middle = track.second(0) + track.span() / 2;
    return slower(slope(0, half), slope(last - half, last))
        && slower(SenSlope.slopeOf(track.before(middle)), SenSlope.slopeOf(track.after(middle)));
  }

  private static boolean slower(double early, double late) {
    return early > 0 && late < LEAST_KEPT * early;
  }

  private double slope(int from, int to) {
    return (levels.value(to) - levels.value(from)) / Math.max(1e-9, levels.second(to) - levels.second(from));
  }

  /** Whether the last third stays within what was seen before, but for the margin. */
  boolean isBounded(double margin) {
    int size = levels.size();
    int split = size - Math.max(1, size / 3);
    double before = Double.NEGATIVE_INFINITY;
    double after = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      before = i < split ? Math.max(before, levels.value(i)) : before;
      after = i < split ? after : Math.max(after, levels.value(i));
    }
    return after <= before + margin;
  }
}
