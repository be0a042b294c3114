package io.tare.report.text;

import io.tare.report.words.Clean;

/** The characters that the reader's terminal can show, and the signs drawn with them. */
enum Letters {
  UNICODE, ASCII;

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  Signs signs() {
    return this == UNICODE ? Signs.UNICODE : Signs.ASCII;
  }

  /** The text as this terminal can show it: on one line, nothing that it would obey. */
  String clean(String text) {
    String clean = Clean.line(text);
    return this == UNICODE ? clean : ascii(clean);
  }

  /** A bar of at most so many columns; something that is there never draws nothing. */
  String bar(double share, int columns) {
    int eighths = (int) Math.round(share * columns * 8);
    if (share > 0 && eighths == 0) {
      eighths = 1;
    }
    if (this == ASCII) {
      return "#".repeat((eighths + 4) / 8);
    }
    return "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1));
  }

  /** A sign for each of two parts that fill a whole bar. */
  String fill(boolean isFirst) {
    if (this == ASCII) {
      return isFirst ? "#" : ".";
    }
    return isFirst ? "█" : "░";
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    text.codePoints().forEach(c -> ascii.append(c < 0x7f ? Character.toString(c) : asciiFor(c)));
    return ascii.toString();
  }

  private static String asciiFor(int codePoint) {
    return switch (codePoint) {
      case '−', '–', '—', '‐', '‑' -> "-";
      case '→' -> "->";
      case '…' -> "...";
      case '·', '•' -> "-";
      case '≤' -> "<=";
      case '≥' -> ">=";
      case '×' -> "x";
      case '≈' -> "~";
      case '‘', '’' -> "'";
      case '“', '”' -> "\"";
      case '\u00a0' -> " ";
      default -> "?";
    };
  }
}
