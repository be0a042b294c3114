package io.tare.report.words;

/** A part of a whole, as people read it. */
public final class Share {
  private Share() {}

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

  /** The part as a fraction between 0 and 1. */
  public static double of(long part, long whole) {
    return whole <= 0 ? 0 : Math.clamp((double) part / whole, 0.0, 1.0);
  }
}
