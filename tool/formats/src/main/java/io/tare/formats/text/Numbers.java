package io.tare.formats.text;

import java.util.OptionalLong;

/** Numbers out of text; what is not a number, or does not fit 64 bits, is empty. */
public final class Numbers {
  private Numbers() {}

  /** A decimal number, blanks around it allowed. */
  public static OptionalLong decimal(String text) {
    return parse(text.strip(), 10);
  }

  /** An address: hexadecimal, unsigned, with or without {@code 0x}. */
  public static OptionalLong address(String text) {
    String digits = text.strip();
    return parse(digits.startsWith("0x") || digits.startsWith("0X") ? digits.substring(2) : digits, 16);
  }

  private static OptionalLong parse(String digits, int radix) {
    if (digits.isEmpty() || (radix == 16 && digits.charAt(0) == '+')) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(radix == 16 ? Long.parseUnsignedLong(digits, 16) : Long.parseLong(digits));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
