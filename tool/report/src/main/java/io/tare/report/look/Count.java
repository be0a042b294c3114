package io.tare.report.look;

import io.tare.model.ledger.ByteRange;

/** A number of things, and a part of a whole. */
public final class Count {
  private static final int NEXT_TO_NOTHING = 100;

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
    long tenths = (millis + 50) / 100;
    return millis < 1000 ? millis + " ms" : tenths / 10 + "." + tenths % 10 + " s";
  }

  /** {@code 46.8 %}; what is there but too small for a tenth of a percent is {@code <0.1 %}; of nothing it is {@code -}. */
  public static String percent(long part, long whole) {
    if (whole <= 0) {
      return "-";
    }
    long tenths = Math.round(1000.0 * part / whole);
    if (tenths == 0 && part > 0) {
      return "<0.1 %";
    }
    return tenths / 10 + "." + Math.abs(tenths % 10) + " %";
  }

  /** {@code 3.2×}: how many times as much as something else that is more than nothing. */
  public static String times(long part, long other) {
    double times = (double) part / other;
    if (part > 0 && times < 0.005) {
      return "<0.01\u00d7";
    }
    // Two digits, or all that stand before the point.
    if (times < 0.995) {
      long hundredths = Math.round(times * 100);
      return "0." + hundredths / 10 + hundredths % 10 + "\u00d7";
    }
    long tenths = Math.round(times * 10);
    return (tenths < 100 ? tenths / 10 + "." + tenths % 10 : grouped(Math.round(times))) + "\u00d7";
  }

  /** {@code 46.8 %}, {@code 12.0 % to 46.8 %}: of what is left of a whole, {@code ≥ 12.0 %} where all of it may be. */
  public static String percent(ByteRange range, long whole) {
    String least = percent(range.leastBytes(), whole);
    String most = percent(range.mostBytes(), whole);
    if (least.equals(most)) {
      return most;
    }
    return isNextToNothing(whole - range.mostBytes(), whole - range.leastBytes())
        ? "\u2265 " + least
        : least + " to " + most;
  }

  /** Whether the least is next to nothing beside the most: a range from there says no more than its upper end. */
  static boolean isNextToNothing(long least, long most) {
    return least < most / NEXT_TO_NOTHING || least <= 0;
  }

  /** The part as a fraction between 0 and 1. */
  public static double share(long part, long whole) {
    return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0.0, 1.0);
  }
}
