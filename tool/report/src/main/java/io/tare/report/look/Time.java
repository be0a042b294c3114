package io.tare.report.look;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Moments and lengths of time, as people read them. */
public final class Time {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Time() {}

  /** {@code 2026-11-03 14:05:09 UTC}: so that a capture reads the same on every machine. */
  public static String utc(Instant moment) {
    String iso = moment.truncatedTo(ChronoUnit.SECONDS).toString();
    return iso.replace('T', ' ').replace("Z", " UTC");
  }

  /** How long something took, with what matters at that length: {@code 340 ms}, {@code 5.2 s}, {@code 12 min 3 s}, {@code 2 d 4 h}. */
  public static String lasting(long millis) {
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

  /** About how long, in one unit: {@code 340 ms}, {@code 45 s}, {@code 12 min}, {@code 3.5 h}, {@code 2.1 days}. */
  public static String about(double seconds) {
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
