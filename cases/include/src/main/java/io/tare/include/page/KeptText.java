package io.tare.include.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Text that waits for a fragment before it: one array that grows as needed and is empty otherwise. */
final class KeptText {
  private static final byte[] NONE = {};

  private byte[] bytes = NONE;
  private int length;

  void add(byte[] text, int from, int to) {
    int needed = length + to - from;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(512, bytes.length * 2)));
    }
    System.arraycopy(text, from, bytes, length, to - from);
    length = needed;
  }

  int length() {
    return length;
  }

  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  void writeTo(OutputStream out) throws IOException {
    if (length > 0) {
      out.write(bytes, 0, length);
      length = 0;
    }
  }
}
