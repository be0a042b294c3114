package io.tare.report.words;

/** How long something took, with what matters at that length. */
public final class Lasting {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Lasting() {}

  /** {@code 340 ms}, {@code 5.2 s}, {@code 12 min 3 s}, {@code 3 h 12 min}, {@code 2 d 4 h}. */
  public static String of(long millis) {
    long seconds = Math.round(millis / 1000.0);
    if (seconds < MINUTE) {
      return Count.millis(Math.max(0, millis));
    }
    if (seconds < HOUR) {
      return two(seconds / MINUTE, "min", seconds % MINUTE, "s");
    }
    return seconds < DAY
        ? two(seconds / HOUR, "h", seconds % HOUR / MINUTE, "min")
        : two(seconds / DAY, "d", seconds % DAY / HOUR, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
