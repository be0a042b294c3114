package io.tare.probe.linux;

import java.util.OptionalLong;

/** Numbers as the kernel prints them. */
final class Numbers {
  private static final int MAX_DIGITS = 15;

  private Numbers() {}

  /** The number, or empty when the text is none (the kernel writes {@code max} for "no limit") or absurdly long. */
  static OptionalLong parse(String text) {
    String digits = text.strip();
    boolean number = !digits.isEmpty() && digits.length() <= MAX_DIGITS
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }
}
