package io.tare.cases.faults;

import java.util.Locale;

/** Sizes as people type them: {@code 64m}. */
final class Bytes {
  private static final String UNITS = "kmg";

  private Bytes() {}

  static long parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    int unit = UNITS.indexOf(lower.charAt(lower.length() - 1));
    String digits = unit < 0 ? lower : lower.substring(0, lower.length() - 1);
    return Long.parseLong(digits) << (10 * (unit + 1));
  }
}
