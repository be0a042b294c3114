package io.tare.report.look;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How many columns of a terminal a text takes, and how it is cut or wrapped to fit. */
public final class Columns {
  // Pairs of first and last: characters that take two columns (East Asian wide and fullwidth, emoji).
  private static final int[] WIDE = {0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x2e80, 0x303e,
      0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xa000, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff,
      0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x1b000, 0x1b2ff, 0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e,
      0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f7e0, 0x1f7eb, 0x1f900,
      0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd};

  // A line breaks at spaces, but not between a number and its unit.
  private static final Pattern GAP = Pattern.compile(" (?!(?:%|[KMGT]?B)(?!\\p{L}))");

  private Columns() {}

  public static int of(String text) {
    int columns = 0;
    for (int at = 0; at < text.length();) {
      int codePoint = text.codePointAt(at);
      columns += of(codePoint);
      at += Character.charCount(codePoint);
    }
    return columns;
  }

  public static int of(int codePoint) {
    if (codePoint < 0x300) {
      return 1;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(codePoint) ? 2 : 1;
    };
  }

  /** The text, or as much of its beginning as fits before the mark that says that it was cut. */
  public static String keepStart(String text, int columns, String mark) {
    if (of(text) <= columns) {
      return text;
    }
    int room = columns - of(mark);
    return room < 0 ? prefix(text, columns) : prefix(text, room) + mark;
  }

  /** As {@link #keepStart}, and the text is cut behind a word where there is one: half a name names nothing. */
  public static String keepWords(String text, int columns, String mark) {
    if (of(text) <= columns || columns < of(mark)) {
      return keepStart(text, columns, mark);
    }
    String kept = prefix(text, columns - of(mark));
    int space = text.charAt(kept.length()) == ' ' ? kept.length() : kept.lastIndexOf(' ');
    return (space > 0 ? kept.substring(0, space) : kept) + mark;
  }

  /** The text, or the mark and as much of its end as fits: what tells one path from another stands at the end. */
  public static String keepEnd(String text, int columns, String mark) {
    if (of(text) <= columns) {
      return text;
    }
    int room = columns - of(mark);
    return room < 0 ? prefix(text, columns) : mark + suffix(text, room);
  }

  /** As {@link #keepEnd}, and a path is cut at a slash where one is near. */
  public static String keepPathEnd(String path, int columns, String mark) {
    String kept = keepEnd(path, columns, mark);
    int slash = kept.indexOf('/', mark.length());
    boolean wasCut = kept.startsWith(mark) && !kept.equals(path);
    return wasCut && slash > 0 && slash < kept.length() / 2 ? mark + kept.substring(slash) : kept;
  }

  /** The longest beginning that takes at most so many columns; marks stay with their letters. */
  static String prefix(String text, int columns) {
    int used = 0;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      used += of(codePoint);
      if (used > columns) {
        break;
      }
      at += Character.charCount(codePoint);
    }
    return text.substring(0, at);
  }

  private static String suffix(String text, int columns) {
    int used = 0;
    int at = text.length();
    int start = at;
    while (at > 0) {
      int codePoint = text.codePointBefore(at);
      used += of(codePoint);
      if (used > columns) {
        break;
      }
      at -= Character.charCount(codePoint);
      // A cut in front of a bare mark would put it on the wrong letter.
      start = of(codePoint) > 0 ? at : start;
    }
    return text.substring(start);
  }

  private static boolean isWide(int codePoint) {
    for (int i = 0; i < WIDE.length; i += 2) {
      if (codePoint >= WIDE[i] && codePoint <= WIDE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** The text in lines of at most so many columns; a word that is longer than a line is broken inside. */
  public static List<String> wrap(int columns, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : GAP.split(text.strip())) {
      if (word.isEmpty()) {
        continue;
      }
      if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > columns) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      breakInside(line, columns, lines);
    }
    lines.add(line.toString());
    return lines;
  }

  private static void breakInside(StringBuilder line, int columns, List<String> lines) {
    while (of(line.toString()) > columns) {
      String head = prefix(line.toString(), columns);
      if (head.isEmpty()) {
        return;
      }
      lines.add(head);
      line.delete(0, head.length());
    }
  }
}
