package io.tare.report.words;

/** A length of time, as people say it. */
public final class Span {
  private static final double MINUTE = 60;
  private static final double HOUR = 3600;
  private static final double DAY = 86_400;

  private Span() {}

  /** {@code 340 ms}, {@code 45 s}, {@code 12 min}, {@code 3.5 h}, {@code 2.1 days}. */
  public static String of(double seconds) {
    if (seconds < 1) {
      return Math.round(seconds * 1000) + " ms";
    }
    if (seconds < 2 * MINUTE) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 2 * HOUR) {
      return Math.round(seconds / MINUTE) + " min";
    }
    return seconds < 2 * DAY ? tenth(seconds / HOUR) + " h" : tenth(seconds / DAY) + " days";
  }

  private static String tenth(double value) {
    long tenths = Math.round(value * 10);
    return tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
  }
}
