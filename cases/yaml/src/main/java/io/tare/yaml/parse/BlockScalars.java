package io.tare.yaml.parse;

import io.tare.yaml.memory.Raw;

/** Literal and folded scalars: header, indentation, where they end. */
abstract class BlockScalars extends Scalars {
  /** Indentation and chomping, as {@link ScalarText} reads them. */
  protected int block;

  BlockScalars(long textStart, long start, long end) {
    super(textStart, start, end);
  }

  /** From the indicator on; {@code n} is the parent's indentation. Ends at the last line end that belongs to it, or before, as {@code finishLine} likes it. */
  protected final void blockScalar(int n) {
    int given = header();
    long firstLine = p + 1;
    int wanted = given > 0 ? Math.max(n, 0) + given : 0;
    if (p >= end) {
      from = end;
      to = end;
      block = block | Math.min(wanted, ScalarText.INDENT);
      return;
    }
    wanted = given > 0 ? wanted : detected(firstLine, n);
    long line = firstLine;
    while (line < end) {
      int spaces = Raw.spaces(line);
      byte c = at(line + spaces);
      if (c != '\n' && (spaces < wanted || (spaces == 0 && isMarker(line)))) {
        if (c == '\t') {
          throw refused(line + spaces, "expected spaces, no tab, before the lines of a block text");
        }
        break;
      }
      line = Raw.lineEnd(line + spaces) + 1;
    }
    if (wanted > ScalarText.INDENT) {
      throw refused(p, "expected an indentation of at most " + ScalarText.INDENT + " spaces");
    }
    block |= wanted;
    from = firstLine;
    // A last line without a line feed ends with the text; one of blanks alone counts as a line.
    to = line > end ? endOfLast() : line;
    p = Math.min(line - 1, end);
    lineStart = p;
  }

  private long endOfLast() {
    long q = end;
    while (q > from && at(q - 1) == ' ') {
      q--;
    }
    return q < end && (q == from || at(q - 1) == '\n') ? end + 1 : end;
  }

  /** The digit of the header or 0; chomping goes to {@code block}. */
  private int header() {
    int given = 0;
    boolean chomped = false;
    block = ScalarText.CLIP;
    for (p++;; p++) {
      byte c = at(p);
      if ((c == '-' || c == '+') && !chomped) {
        block = c == '-' ? ScalarText.STRIP : ScalarText.KEEP;
        chomped = true;
      } else if (c >= '1' && c <= '9' && given == 0) {
        given = c - '0';
      } else {
        break;
      }
    }
    long indicators = p;
    skipBlanks();
    if (at(p) == '#' && p > indicators) {
      p = Raw.lineEnd(p);
    }
    if (at(p) != '\n') {
      throw refused(p,
          "expected the end of the line after the header of a block text ('|', '>', then '-' or '+' and a digit)");
    }
    return given;
  }

  /** The indentation of the first line that has content; blank lines before it may not be wider. */
  private int detected(long firstLine, int n) {
    int widest = 0;
    long widestAt = firstLine;
    for (long line = firstLine; line < end;) {
      int spaces = Raw.spaces(line);
      if (at(line + spaces) != '\n') {
        if (spaces <= n || (spaces == 0 && isMarker(line))) {
          break;
        }
        if (widest > spaces) {
          throw refused(widestAt, "expected no blank line before this text that is wider than its first line");
        }
        return spaces;
      }
      if (spaces > widest) {
        widest = spaces;
        widestAt = line;
      }
      line += spaces + 1;
    }
    return Math.max(widest, n + 1);
  }
}
