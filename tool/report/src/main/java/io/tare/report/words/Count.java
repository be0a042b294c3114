package io.tare.report.words;

import java.util.Locale;

/** A number of things. */
public final class Count {
  private Count() {}

  /** {@code 1 file}, {@code 37 files}. */
  public static String of(long count, String one) {
    return grouped(count) + " " + (count == 1 ? one : one + "s");
  }

  /** {@code 3,000}: groups of three digits. */
  public static String grouped(long count) {
    String digits = Long.toString(Math.abs(count));
    StringBuilder grouped = new StringBuilder(count < 0 ? "-" : "");
    for (int at = 0; at < digits.length(); at++) {
      if (at > 0 && (digits.length() - at) % 3 == 0) {
        grouped.append(',');
      }
      grouped.append(digits.charAt(at));
    }
    return grouped.toString();
  }

  /** {@code 340 ms}, {@code 1.2 s}. */
  public static String millis(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
