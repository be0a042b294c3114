package io.tare.report.look;

import java.util.List;

/** The characters that the reader's terminal can show, and the signs drawn with them. */
public enum Letters {
  UNICODE, ASCII;

  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final String ASCII_LEVELS = "_.-=+*#";
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  /**
   * The signs that a page is set with.
   *
   * @param cut stands where text was left out
   * @param limit stands on a bar where the container ends
   */
  public record Signs(String cut, String dot, String rule, String limit, String yes, String unknown) {
    static final Signs UNICODE = new Signs("…", " · ", "─", "│", "●", "?");
    static final Signs ASCII = new Signs("...", " - ", "-", "|", "*", "?");
  }

  public Signs signs() {
    return this == UNICODE ? Signs.UNICODE : Signs.ASCII;
  }

  /** The text as this terminal can show it: on one line, nothing that it would obey. */
  public String clean(String text) {
    String clean = Clean.line(text);
    return this == UNICODE ? clean : ascii(clean);
  }

  /** A bar of at most so many columns; something that is there never draws nothing. */
  public String bar(double share, int columns) {
    int eighths = (int) Math.round(share * columns * 8);
    if (share > 0 && eighths == 0) {
      eighths = 1;
    }
    if (this == ASCII) {
      return "#".repeat((eighths + 4) / 8);
    }
    return "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1));
  }

  /** A small curve of at most so many columns, of the newest values; flat lies at the bottom. */
  public String curve(List<Double> values, int columns) {
    List<Double> shown = values.subList(Math.max(0, values.size() - columns), values.size());
    double low = shown.stream().mapToDouble(value -> value).min().orElse(0);
    double high = shown.stream().mapToDouble(value -> value).max().orElse(0);
    String levels = this == UNICODE ? LEVELS : ASCII_LEVELS;
    StringBuilder curve = new StringBuilder();
    for (double value : shown) {
      double share = high > low ? (value - low) / (high - low) : 0;
      curve.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
    }
    return curve.toString();
  }

  /** A sign for each of two parts that fill a whole bar. */
  public String fill(boolean isFirst) {
    if (this == ASCII) {
      return isFirst ? "#" : ".";
    }
    return isFirst ? "█" : "░";
  }

  /** The sign of what may belong to either of the two parts. */
  public String open() {
    return this == ASCII ? "+" : "▒";
  }

  private static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      ascii.append(c < 0x7f ? Character.toString(c) : asciiFor(c));
      at += Character.charCount(c);
    }
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
