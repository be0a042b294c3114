package io.tare.kit.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads UTF-8 in place. */
final class Utf8 {
  private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  static long word(byte[] bytes, int at) {
    return (long) WORDS.get(bytes, at);
  }

  static boolean isAscii(byte[] bytes, int from, int to) {
    int at = from;
    for (; at <= to - 8; at += 8) {
      if ((word(bytes, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < to; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /** The number of UTF-16 characters; -1 when the bytes are not well-formed UTF-8. */
  static int countChars(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return to - from;
    }
    int chars = 0;
    for (int at = from; at < to;) {
      int width = wellFormedWidth(bytes, at, to);
      if (width == 0) {
        return -1;
      }
      chars += width == 4 ? 2 : 1;
      at += width;
    }
    return chars;
  }

  /** The number of bytes of the character that starts with this byte, in well-formed UTF-8. */
  static int width(byte first) {
    if (first >= 0) {
      return 1;
    }
    int value = first & 0xFF;
    return value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4;
  }

  /** The character that starts here, in well-formed UTF-8. */
  static int codePoint(byte[] bytes, int at) {
    int first = bytes[at];
    return switch (width((byte) first)) {
      case 1 -> first;
      case 2 -> ((first & 0x1F) << 6) | low(bytes, at + 1);
      case 3 -> ((first & 0x0F) << 12) | (low(bytes, at + 1) << 6) | low(bytes, at + 2);
      default -> ((first & 0x07) << 18) | (low(bytes, at + 1) << 12) | (low(bytes, at + 2) << 6) | low(bytes, at + 3);
    };
  }

  /** The same as the String's hash, of bytes that are ASCII. */
  static int asciiHash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + bytes[at];
    }
    return hash;
  }

  /** Whether so many ASCII bytes stand for these characters, of which there are as many. */
  static boolean sameAscii(CharSequence chars, byte[] bytes, int from) {
    for (int i = 0; i < chars.length(); i++) {
      if (chars.charAt(i) != bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** The same as the hash of the String that well-formed bytes stand for. */
  static int hash(byte[] bytes, int from, int to) {
    int hash = 0;
    for (int at = from; at < to;) {
      int first = bytes[at];
      if (first >= 0) {
        hash = 31 * hash + first;
        at++;
      } else {
        int codePoint = codePoint(bytes, at);
        hash = Character.isBmpCodePoint(codePoint)
            ? 31 * hash + codePoint
            : 31 * (31 * hash + Character.highSurrogate(codePoint)) + Character.lowSurrogate(codePoint);
        at += width((byte) first);
      }
    }
    return hash;
  }

  /** Whether well-formed bytes stand for these characters. */
  static boolean same(CharSequence chars, byte[] bytes, int from, int to) {
    int index = 0;
    for (int at = from; at < to; at += width(bytes[at])) {
      int codePoint = codePoint(bytes, at);
      if (Character.isBmpCodePoint(codePoint)) {
        if (index >= chars.length() || chars.charAt(index++) != codePoint) {
          return false;
        }
      } else if (index + 1 >= chars.length() || chars.charAt(index++) != Character.highSurrogate(codePoint)
          || chars.charAt(index++) != Character.lowSurrogate(codePoint)) {
        return false;
      }
    }
    return index == chars.length();
  }

  private static int low(byte[] bytes, int at) {
    return bytes[at] & 0x3F;
  }

  private static int wellFormedWidth(byte[] bytes, int at, int to) {
    int first = bytes[at] & 0xFF;
    int width = width(bytes[at]);
    if (width == 1) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4 || at + width > to || !isSecond(first, bytes[at + 1] & 0xFF)) {
      return 0;
    }
    for (int i = 2; i < width; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return width;
  }

  /** No overlong forms, no surrogates, nothing beyond U+10FFFF. */
  private static boolean isSecond(int first, int second) {
    return switch (first) {
      case 0xE0 -> second >= 0xA0 && second <= 0xBF;
      case 0xED -> second >= 0x80 && second <= 0x9F;
      case 0xF0 -> second >= 0x90 && second <= 0xBF;
      case 0xF4 -> second >= 0x80 && second <= 0x8F;
      default -> second >= 0x80 && second <= 0xBF;
    };
  }
}
