package io.tare.history.recording;

import java.nio.charset.StandardCharsets;

/** Reads what {@link ByteSink} wrote. Beyond the end there are zeros, and {@link #isOver} says so. */
final class ByteSource {
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean over;

  void over(byte[] content, int from, int to) {
    bytes = content;
    at = from;
    end = to;
    over = false;
  }

  boolean hasMore() {
    return at < end;
  }

  /** Whether more was read than there was. */
  boolean isOver() {
    return over;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= end) {
        over = true;
        return 0;
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    over = true;
    return value;
  }

  /** A number that must fit an int; what does not is an error of the input. */
  int smallNumber() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      over = true;
      return 0;
    }
    return (int) value;
  }

  String text() {
    int length = smallNumber();
    if (length > end - at) {
      over = true;
      return "";
    }
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }
}
