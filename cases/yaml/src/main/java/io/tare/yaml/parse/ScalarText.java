package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import java.util.Arrays;

/** The text of a raw scalar: lines folded, escapes resolved, indentation and chomping applied. It reads bytes that the scanner has accepted. */
public final class ScalarText {
  /** Bits of {@code block}: indentation, then chomping. */
  public static final int CLIP = 0;
  public static final int STRIP = 1 << 16;
  public static final int KEEP = 2 << 16;
  public static final int INDENT = 0xFFFF;
  private byte[] out = new byte[256];
  private int length;

  /** The text in UTF-8, in {@link #bytes()}; returns its length. */
  public int decode(Style style, byte[] raw, int size, int block) {
    length = 0;
    switch (style) {
      case PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED -> lines(raw, size, style);
      default -> blockScalar(raw, size, block, style == Style.FOLDED);
    }
    return length;
  }

  public byte[] bytes() {
    return out;
  }

  private void lines(byte[] raw, int size, Style style) {
    int at = 0;
    int keep = 0;
    while (at < size) {
      byte c = raw[at];
      if (c == '\n') {
        while (length > keep && isBlank(out[length - 1])) {
          length--;
        }
        at = foldedBreak(raw, at, size);
        keep = length;
      } else if (c == '\\' && style == Style.DOUBLE_QUOTED) {
        at = escape(raw, at + 1, size);
        keep = length;
      } else {
        add(c);
        at += c == '\'' && style == Style.SINGLE_QUOTED ? 2 : 1;
      }
    }
  }

  /** One line end is a space, n + 1 of them are n line feeds; blanks around them count nothing. */
  private int foldedBreak(byte[] raw, int at, int size) {
    int breaks = 0;
    int here = at;
    for (; here < size && (raw[here] == '\n' || isBlank(raw[here])); here++) {
      if (raw[here] == '\n') {
        breaks++;
      }
    }
    if (breaks == 1) {
      add((byte) ' ');
    }
    for (int i = 1; i < breaks; i++) {
      add((byte) '\n');
    }
    return here;
  }

  private int escape(byte[] raw, int at, int size) {
    byte c = raw[at];
    switch (c) {
      case '0' -> add((byte) 0);
      case 'a' -> add((byte) 7);
      case 'b' -> add((byte) 8);
      case 't', '\t' -> add((byte) 9);
      case 'n' -> add((byte) 10);
      case 'v' -> add((byte) 11);
      case 'f' -> add((byte) 12);
      case 'r' -> add((byte) 13);
      case 'e' -> add((byte) 27);
      case 'N' -> addCharacter(0x85);
      case '_' -> addCharacter(0xA0);
      case 'L' -> addCharacter(0x2028);
      case 'P' -> addCharacter(0x2029);
      case 'x' -> {
        addCharacter(hex(raw, at + 1, 2));
        return at + 3;
      }
      case 'u' -> {
        return unicode(raw, at, size);
      }
      case 'U' -> {
        addCharacter(hex(raw, at + 1, 8));
        return at + 9;
      }
      case '\n' -> {
        return escapedBreak(raw, at + 1, size);
      }
      default -> add(c);
    }
    return at + 1;
  }

  /** A pair of surrogates, as JSON writes it, is one character. */
  private int unicode(byte[] raw, int at, int size) {
    int unit = hex(raw, at + 1, 4);
    if (unit >>> 10 == 0x36 && at + 11 <= size && raw[at + 5] == '\\' && raw[at + 6] == 'u') {
      int low = hex(raw, at + 7, 4);
      if (low >>> 10 == 0x37) {
        addCharacter(0x1_0000 + ((unit & 0x3FF) << 10 | (low & 0x3FF)));
        return at + 11;
      }
    }
    addCharacter(unit >>> 11 == 0x1B ? 0xFFFD : unit);
    return at + 5;
  }

  private int escapedBreak(byte[] raw, int at, int size) {
    int here = at;
    int breaks = 0;
    for (; here < size && (raw[here] == '\n' || isBlank(raw[here])); here++) {
      if (raw[here] == '\n') {
        breaks++;
      }
    }
    for (int i = 0; i < breaks; i++) {
      add((byte) '\n');
    }
    return here;
  }

  private static int hex(byte[] raw, int at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value << 4 | Character.digit(raw[at + i], 16);
    }
    return value;
  }

  private void blockScalar(byte[] raw, int size, int block, boolean folding) {
    int indent = block & INDENT;
    int breaks = 0;
    boolean first = true;
    boolean wasMore = false;
    int at = 0;
    while (at < size) {
      int lineEnd = at;
      while (lineEnd < size && raw[lineEnd] != '\n') {
        lineEnd++;
      }
      int from = Math.min(at + indent, lineEnd);
      boolean blank = from == lineEnd;
      if (!blank) {
        boolean more = isBlank(raw[from]);
        int feeds = first ? breaks : !folding || more || wasMore ? breaks : breaks - 1;
        if (folding && !first && feeds == 0 && !more && !wasMore) {
          add((byte) ' ');
        }
        addFeeds(feeds);
        for (int i = from; i < lineEnd; i++) {
          add(raw[i]);
        }
        breaks = 0;
        first = false;
        wasMore = more;
      }
      if (lineEnd < size) {
        breaks++;
      }
      at = lineEnd + 1;
    }
    int chomp = block & ~INDENT;
    addFeeds(chomp == KEEP ? breaks : chomp == STRIP || first ? 0 : Math.min(1, breaks));
  }

  private void addFeeds(int count) {
    for (int i = 0; i < count; i++) {
      add((byte) '\n');
    }
  }

  private static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  private void add(byte c) {
    if (length == out.length) {
      out = Arrays.copyOf(out, length * 2);
    }
    out[length++] = c;
  }

  private void addCharacter(int c) {
    if (c < 0x80) {
      add((byte) c);
    } else if (c < 0x800) {
      add((byte) (0xC0 | c >> 6));
      add((byte) (0x80 | (c & 0x3F)));
    } else if (c < 0x1_0000) {
      add((byte) (0xE0 | c >> 12));
      add((byte) (0x80 | (c >> 6 & 0x3F)));
      add((byte) (0x80 | (c & 0x3F)));
    } else {
      add((byte) (0xF0 | c >> 18));
      add((byte) (0x80 | (c >> 12 & 0x3F)));
      add((byte) (0x80 | (c >> 6 & 0x3F)));
      add((byte) (0x80 | (c & 0x3F)));
    }
  }
}
