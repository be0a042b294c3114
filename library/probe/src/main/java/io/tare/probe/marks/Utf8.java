package io.tare.probe.marks;

import static io.tare.probe.marks.MarksLayout.MAX_LABEL_BYTES;

import java.nio.ByteBuffer;

/** Writes a label as UTF-8 without allocating, cut at a whole character, the rest of the field zero. */
final class Utf8 {
  /** Stands for half of a surrogate pair. */
  private static final int REPLACEMENT = 0xfffd;

  private Utf8() {}

  /** Returns how many bytes the label took. */
  static int put(String label, ByteBuffer file, int at) {
    int length = 0;
    for (int i = 0; i < label.length();) {
      int codePoint = label.codePointAt(i);
      int bytes = width(codePoint);
      if (length + bytes > MAX_LABEL_BYTES) {
        break;
      }
      putCodePoint(codePoint, bytes, file, at + length);
      length += bytes;
      i += Character.charCount(codePoint);
    }
    int zeroed = length;
    for (; zeroed < MAX_LABEL_BYTES && (zeroed & 7) != 0; zeroed++) {
      file.put(at + zeroed, (byte) 0);
    }
    for (; zeroed < MAX_LABEL_BYTES; zeroed += Long.BYTES) {
      file.putLong(at + zeroed, 0);
    }
    return length;
  }

  private static int width(int codePoint) {
    if (codePoint < 0x80) {
      return 1;
    }
    return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }

  private static void putCodePoint(int codePoint, int bytes, ByteBuffer file, int at) {
    int known = codePoint >= 0xd800 && codePoint < 0xe000 ? REPLACEMENT : codePoint;
    if (bytes == 1) {
      file.put(at, (byte) known);
      return;
    }
    int lead = bytes == 2 ? 0xc0 : bytes == 3 ? 0xe0 : 0xf0;
    file.put(at, (byte) (lead | (known >> (6 * (bytes - 1)))));
    for (int i = 1; i < bytes; i++) {
      file.put(at + i, (byte) (0x80 | ((known >> (6 * (bytes - 1 - i))) & 0x3f)));
    }
  }
}
