package io.tare.formats.text;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Sizes with a unit, as HotSpot and the kernel print them, in bytes: {@code 48128K}, {@code 64.00 MB}, {@code 5692Kb},
 * {@code 59360 kB}, {@code 2048 bytes}. A number without a unit counts bytes. Every unit is binary.
 */
public final class Sizes {
  private Sizes() {}

  public static OptionalLong bytes(String text) {
    String size = text.strip();
    int unitAt = 0;
    while (unitAt < size.length() && isPartOfNumber(size.charAt(unitAt))) {
      unitAt++;
    }
    return bytes(size.substring(0, unitAt), size.substring(unitAt));
  }

  /** The same with number and unit apart. */
  public static OptionalLong bytes(String number, String unit) {
    long unitBytes = unitBytes(unit.strip().toLowerCase(Locale.ROOT));
    if (unitBytes == 0) {
      return OptionalLong.empty();
    }
    return number.indexOf('.') >= 0 ? fraction(number, unitBytes) : whole(number, unitBytes);
  }

  private static OptionalLong whole(String number, long unitBytes) {
    OptionalLong count = Numbers.decimal(number);
    try {
      return count.isEmpty() ? count : OptionalLong.of(Math.multiplyExact(count.getAsLong(), unitBytes));
    } catch (ArithmeticException tooLarge) {
      return OptionalLong.empty();
    }
  }

  private static OptionalLong fraction(String number, long unitBytes) {
    try {
      double bytes = Double.parseDouble(number) * unitBytes;
      return Math.abs(bytes) < 0x1p62 ? OptionalLong.of(Math.round(bytes)) : OptionalLong.empty();
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /** Zero for a unit that is unknown. */
  private static long unitBytes(String unit) {
    return switch (unit) {
      case "", "b", "byte", "bytes" -> 1;
      case "k", "kb" -> 1L << 10;
      case "m", "mb" -> 1L << 20;
      case "g", "gb" -> 1L << 30;
      case "t", "tb" -> 1L << 40;
      default -> 0;
    };
  }

  private static boolean isPartOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+';
  }
}
