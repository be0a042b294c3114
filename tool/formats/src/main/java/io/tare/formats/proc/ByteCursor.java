package io.tare.formats.proc;

/** A position in a text that is kept as bytes: reads numbers and words without making strings. */
final class ByteCursor {
  private final byte[] bytes;
  private final int end;
  private int at;

  ByteCursor(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  int at() {
    return at;
  }

  void moveTo(int position) {
    at = position;
  }

  boolean hasMore() {
    return at < end;
  }

  /** The byte at the position, 0 at the end. */
  byte peek() {
    return at < end ? bytes[at] : 0;
  }

  boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }

  void skipBlanks() {
    while (at < end && bytes[at] == ' ') {
      at++;
    }
  }

  /** The position of the next such byte, or of the end. */
  int find(char sought) {
    int position = at;
    while (position < end && bytes[position] != sought) {
      position++;
    }
    return position;
  }

  /** An unsigned hexadecimal number in lower case. Zero, without moving, when no digit is here. */
  long hexadecimal() {
    long value = 0;
    for (int digit; at < end && (digit = hexadecimalDigit(bytes[at])) >= 0; at++) {
      value = value << 4 | digit;
    }
    return value;
  }

  /** A decimal number, at most {@code Long.MAX_VALUE}; -1 when no digit is here. */
  long decimal() {
    int from = at;
    long value = 0;
    for (int digit; at < end && (digit = bytes[at] - '0') >= 0 && digit <= 9; at++) {
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
    }
    return at == from ? -1 : value;
  }

  private static int hexadecimalDigit(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    return b >= 'a' && b <= 'f' ? b - 'a' + 10 : -1;
  }
}
