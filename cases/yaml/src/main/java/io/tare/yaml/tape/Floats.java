package io.tare.yaml.tape;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Locale;

/** Floats of the core schema. */
final class Floats {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  /** The powers of ten that a double has exactly. */
  private static final double[] TENS = new double[23];
  private static final int MOST_DIGITS = 15;

  static {
    TENS[0] = 1;
    for (int i = 1; i < TENS.length; i++) {
      TENS[i] = TENS[i - 1] * 10;
    }
  }

  private Floats() {}

  /** The double, if its digits and its power of ten are both exact, so that one division or multiplication rounds rightly; else NaN. */
  static double exact(MemorySegment text, long offset, long length) {
    long i = offset;
    long end = offset + length;
    byte c = text.get(BYTE, i);
    boolean negative = c == '-';
    if (negative || c == '+') {
      i++;
    }
    long digits = 0;
    int power = 0;
    int count = 0;
    boolean point = false;
    for (; i < end; i++) {
      c = text.get(BYTE, i);
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits = digits * 10 + (c - '0');
        count += digits == 0 ? 0 : 1;
        power -= point ? 1 : 0;
        if (count > MOST_DIGITS) {
          return Double.NaN;
        }
      } else {
        return Double.NaN;
      }
    }
    if (-power >= TENS.length || (count == 0 && !point)) {
      return Double.NaN;
    }
    double value = digits / TENS[-power];
    return negative ? -value : value;
  }

  static double parse(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".inf")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return lower.endsWith(".nan") ? Double.NaN : Double.parseDouble(based(lower));
  }

  /** Integers of more than 61 bits may be written in hexadecimal or octal. */
  private static String based(String lower) {
    if (lower.startsWith("0x")) {
      return new BigInteger(lower.substring(2), 16).toString();
    }
    return lower.startsWith("0o") ? new BigInteger(lower.substring(2), 8).toString() : lower;
  }
}
