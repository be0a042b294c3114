package io.tare.yaml.tape;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Java strings beside bytes in UTF-8, without making either from the other. */
final class Utf8 {
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  private Utf8() {}

  /** As {@code Texts.hash} of the same text. */
  static int hash(String text) {
    int hash = Texts.startHash();
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      int length = length(c);
      for (int k = 0; k < length; k++) {
        hash = Texts.step(hash, octet(c, length, k));
      }
      i += c > 0xFFFF ? 2 : 1;
    }
    return hash;
  }

  static boolean isShort(long word, String text) {
    int at = 0;
    int size = Word.shortLength(word);
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      int length = length(c);
      if (at + length > size) {
        return false;
      }
      for (int k = 0; k < length; k++) {
        if (Word.shortByte(word, at++) != (byte) octet(c, length, k)) {
          return false;
        }
      }
      i += c > 0xFFFF ? 2 : 1;
    }
    return at == size;
  }

  static boolean isAt(MemorySegment bytes, long offset, long size, String text) {
    if (size < text.length() || size > 3L * text.length()) {
      return false;
    }
    long at = offset;
    long end = offset + size;
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      int length = length(c);
      if (at + length > end) {
        return false;
      }
      for (int k = 0; k < length; k++) {
        if (bytes.get(BYTE, at++) != (byte) octet(c, length, k)) {
          return false;
        }
      }
      i += c > 0xFFFF ? 2 : 1;
    }
    return at == end;
  }

  private static int length(int c) {
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4;
  }

  private static int octet(int c, int length, int index) {
    int bits = c >>> (6 * (length - 1 - index));
    if (index > 0) {
      return 0x80 | (bits & 0x3F);
    }
    return length == 1 ? c : (0xF00 >>> length & 0xFF) | bits;
  }
}
