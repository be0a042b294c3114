package io.tare.formats.proc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes strings of bytes, and gives the same string again for the same bytes where it remembers them. */
final class TextPool {
  private static final int SLOTS = 1024;

  private final byte[] bytes;
  private final String[] slots = new String[SLOTS];

  TextPool(byte[] bytes) {
    this.bytes = bytes;
    Arrays.fill(slots, "");
  }

  String text(int from, int to) {
    if (from >= to) {
      return "";
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 10) & SLOTS - 1;
    if (!isSame(slots[slot], from, to)) {
      slots[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return slots[slot];
  }

  private boolean isSame(String text, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != bytes[i]) {
        return false;
      }
    }
    return true;
  }
}
