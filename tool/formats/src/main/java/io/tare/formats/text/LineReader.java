package io.tare.formats.text;

import io.tare.formats.ParseLimits;

/**
 * Walks over a text line by line without copying the whole of it. A line that is longer than the limit is cut. A line
 * ends with a line feed; the last one may lack it.
 */
public final class LineReader {
  private final String text;
  private final int longest;
  private int next;
  private int number;
  private boolean ended = true;
  private String line = "";

  public LineReader(String text, ParseLimits limits) {
    this.text = text;
    this.longest = limits.textLength();
  }

  /** Moves to the next line; false when there is none. */
  public boolean advance() {
    if (next >= text.length()) {
      return false;
    }
    int lineFeed = text.indexOf('\n', next);
    ended = lineFeed >= 0;
    int end = ended ? lineFeed : text.length();
    int shown = end > next && text.charAt(end - 1) == '\r' ? end - 1 : end;
    line = text.substring(next, Math.min(shown, next + longest));
    next = end + 1;
    number++;
    return true;
  }

  public String line() {
    return line;
  }

  /** Whether the line is complete: followed by a line feed. */
  public boolean ended() {
    return ended;
  }

  /** The place of the line as problems name it. */
  public String where() {
    return "line " + number;
  }

  public int number() {
    return number;
  }
}
