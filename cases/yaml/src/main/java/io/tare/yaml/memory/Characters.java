package io.tare.yaml.memory;

import io.tare.yaml.basis.YamlException;

/** Whether bytes are UTF-8 and only characters that YAML allows. Blocks of printable ASCII pass in a loop that the compiler makes vectors of. */
public final class Characters {
  private static final int BLOCK = 2048;

  private Characters() {}

  /** True if there are carriage returns. */
  public static boolean check(long start, long end) {
    boolean returns = false;
    long here = start;
    while (here < end) {
      long blockEnd = Math.min(end, here + BLOCK);
      int whole = (int) (blockEnd - here) >>> 3;
      if (plain(here, whole)) {
        here += (long) whole << 3;
        if (whole > 0) {
          continue;
        }
      }
      while (here < blockEnd) {
        byte c = Raw.at(here);
        returns |= c == '\r';
        here += (c >= ' ' && c != 127) || c == '\n' || c == '\t' || c == '\r' ? 1 : wide(here, start, end);
      }
    }
    return returns;
  }

  /** Only bytes from a space to a tilde, tabs and line feeds. For ASCII, (x | 0x80) - k keeps its high bit where x ≥ k, without a borrow. */
  private static boolean plain(long start, int longs) {
    long bad = 0;
    for (int i = 0; i < longs; i++) {
      long x = Raw.eight(start + ((long) i << 3));
      long high = x | Raw.HIGHS;
      long tabOrFeed = (high - 9 * Raw.ONES) & ~(high - 11 * Raw.ONES);
      long printable = (high - 32 * Raw.ONES) & ~(high - 127 * Raw.ONES);
      bad |= x | ~(tabOrFeed | printable);
    }
    return (bad & Raw.HIGHS) == 0;
  }

  /** The length of the character of several bytes here. */
  private static int wide(long here, long start, long end) {
    int first = Raw.at(here) & 0xFF;
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 0 || first > 0xF4 || here + length > end) {
      throw refused(here, start, first < 0x80 ? "a control character" : "a byte that is not UTF-8");
    }
    int character = first & 0x7F >> length;
    for (int i = 1; i < length; i++) {
      int next = Raw.at(here + i) & 0xFF;
      if (next >>> 6 != 2) {
        throw refused(here, start, "a byte that is not UTF-8");
      }
      character = character << 6 | (next & 0x3F);
    }
    if ((length == 3 && character < 0x800) || (length == 4 && (character < 0x1_0000 || character > 0x10_FFFF))
        || character >>> 11 == 0x1B) {
      throw refused(here, start, "a byte that is not UTF-8");
    }
    if ((character < 0xA0 && character != 0x85) || character == 0xFFFE || character == 0xFFFF) {
      throw refused(here, start, "a character that YAML does not allow");
    }
    return length;
  }

  private static YamlException refused(long here, long start, String what) {
    long line = 1;
    long lineStart = start;
    for (long i = start; i < here; i++) {
      byte c = Raw.at(i);
      if (c == '\n' || (c == '\r' && Raw.at(i + 1) != '\n')) {
        line++;
        lineStart = i + 1;
      }
    }
    return new YamlException(
        "found " + what + " (0x" + Integer.toHexString(Raw.at(here) & 0xFF) + "), expected text in UTF-8",
        line, here - lineStart + 1, "");
  }
}
