package io.tare.junit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 0 B}, {@code 1.5 KB}, {@code 2 MB}, by powers of 1024. */
final class Size {
  private static final Pattern TEXT = Pattern.compile("\\s*(\\d{1,12}(?:\\.\\d{1,6})?)\\s*(B|KB|MB|GB|TB|)\\s*",
      Pattern.CASE_INSENSITIVE);
  private static final String UNITS = "BKMGT";

  private Size() {}

  static double parseBytes(String text) {
    Matcher size = TEXT.matcher(text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          "not a size: \"" + text + "\"; write \"0 B\", \"1.5 KB\", \"2 MB\" or \"1 GB\"");
    }
    String unit = size.group(2).toUpperCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : UNITS.indexOf(unit.charAt(0));
    return Double.parseDouble(size.group(1)) * Math.pow(1024, power);
  }

  static String text(long bytes) {
    return text((double) bytes);
  }

  /** The bytes exactly when they are few, else in the largest unit that fits. */
  static String text(double bytes) {
    String exact = bytes == Math.rint(bytes)
        ? String.format(Locale.ROOT, "%.0f B", bytes)
        : String.format(Locale.ROOT, "%.2f B", bytes);
    int power = 0;
    double scaled = Math.abs(bytes);
    while (scaled >= 1024 && power < UNITS.length() - 1) {
      scaled /= 1024;
      power++;
    }
    return power == 0
        ? exact
        : String.format(Locale.ROOT, "%.1f %cB", Math.signum(bytes) * scaled, UNITS.charAt(power));
  }
}
