package io.tare.formats.text;

import java.util.Arrays;
import java.util.OptionalLong;

/** The addresses in a line, written as {@code 0x…}. */
public final class Addresses {
  private static final int MOST = 16;

  private Addresses() {}

  /** All of them, from left to right. */
  public static long[] all(String line) {
    return from(line, 0);
  }

  /** Those after the first occurrence of a mark; none when the mark is missing. */
  public static long[] after(String line, String mark) {
    int at = line.indexOf(mark);
    return at < 0 ? new long[0] : from(line, at + mark.length());
  }

  private static long[] from(String line, int start) {
    long[] found = new long[MOST];
    int count = 0;
    int at = line.indexOf("0x", start);
    while (at >= 0 && count < MOST) {
      int end = at + 2;
      while (end < line.length() && Character.digit(line.charAt(end), 16) >= 0) {
        end++;
      }
      OptionalLong address = Numbers.address(line.substring(at, end));
      if (address.isPresent()) {
        found[count++] = address.getAsLong();
      }
      at = line.indexOf("0x", end);
    }
    return Arrays.copyOf(found, count);
  }
}
