package io.tare.yaml.parse;

import io.tare.yaml.memory.Raw;

/** Finds where scalars end. What it has found stands in the fields: text from {@code from} to {@code to}, folded or not. */
abstract class Scalars extends Lines {
  protected long from;
  protected long to;
  /** Whether the text has escapes or line ends, so that it has to be decoded. */
  protected boolean folds;
  /** Whether the scalar goes over several lines. */
  protected boolean severalLines;

  Scalars(long textStart, long start, long end) {
    super(textStart, start, end);
  }

  /** Whether a plain scalar may begin with {@code c}; {@code -}, {@code ?} and {@code :} if something solid follows. */
  protected final boolean startsPlain(long address, boolean flow) {
    byte c = at(address);
    return switch (c) {
      case ' ', '\t', '\n', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> false;
      case '-', '?', ':' -> !endsToken(address + 1) && !(flow && isFlowIndicator(at(address + 1)));
      default -> true;
    };
  }

  /** The part of a plain scalar in this line; {@code p} ends at the line's end, the comment or the colon. True if at a colon that makes it a key. */
  protected final boolean plainLine() {
    long start = p;
    long q = p;
    boolean key = false;
    for (;;) {
      long x = Raw.eight(q);
      long marks = Raw.equal(x, '\n') | Raw.equal(x, ':') | Raw.equal(x, '#');
      if (marks == 0) {
        q += 8;
        continue;
      }
      q = Raw.lowest(q, marks);
      byte c = at(q);
      if (c == '\n') {
        break;
      }
      if (c == ':') {
        if (endsToken(q + 1)) {
          key = true;
          break;
        }
      } else if (q > start && isBlank(at(q - 1))) {
        break;
      }
      q++;
    }
    p = q;
    trimmed(start, q);
    return key;
  }

  private void trimmed(long start, long q) {
    long last = q;
    while (last > start && isBlank(at(last - 1))) {
      last--;
    }
    from = start;
    to = last;
  }

  /** As {@link #plainLine} inside brackets, where commas and brackets end it, too. */
  protected final boolean plainLineInFlow() {
    long start = p;
    long q = p;
    boolean key = false;
    for (;;) {
      long x = Raw.eight(q);
      // '[' and '{', ']' and '}' differ in one bit; '#' and ':' and ',' are taken alone.
      long upper = x | 0x2020202020202020L;
      long marks = Raw.equal(x, '\n') | Raw.equal(x, ':') | Raw.equal(x, ',') | Raw.equal(x, '#')
          | Raw.equal(upper, '{')
          | Raw.equal(upper, '}');
      if (marks == 0) {
        q += 8;
        continue;
      }
      q = Raw.lowest(q, marks);
      byte c = at(q);
      if (c == '\n' || isFlowIndicator(c)) {
        break;
      }
      if (c == ':') {
        if (endsToken(q + 1) || isFlowIndicator(at(q + 1))) {
          key = true;
          break;
        }
      } else if (c == '#' && q > start && isBlank(at(q - 1))) {
        break;
      }
      q++;
    }
    p = q;
    trimmed(start, q);
    return key;
  }

  /** The further lines of a plain scalar in block context, whose first one {@link #plainLine} has read; {@code n} is the parent's indentation. */
  protected final void plainLines(int n) {
    long start = from;
    long last = to;
    severalLines = false;
    while (at(p) == '\n' && p < end) {
      long line = nextFilledLine();
      if (line < 0) {
        break;
      }
      int spaces = Raw.spaces(line);
      long content = line + spaces;
      while (at(content) == '\t') {
        content++;
        content += Raw.spaces(content);
      }
      if (spaces <= n || at(content) == '#' || (spaces == 0 && isMarker(line))) {
        break;
      }
      lineStart = line;
      p = content;
      if (plainLine()) {
        throw refused(p,
            "expected no ':' in a text of several lines (a key stands in one line; a text with ': ' in quotes)");
      }
      severalLines = true;
      last = to;
    }
    from = start;
    to = last;
    folds = severalLines;
  }

  /** The start of the next line that has more than blanks; −1 at the end. */
  private long nextFilledLine() {
    long line = p + 1;
    while (line < end) {
      long q = line;
      while (isBlank(at(q))) {
        q++;
      }
      if (at(q) != '\n') {
        return line;
      }
      line = q + 1;
    }
    return -1;
  }

  /** From the opening quote behind the closing one; lines have to be indented more than {@code n}. */
  protected final void doubleQuoted(int n) {
    long open = p;
    long q = p + 1;
    folds = false;
    severalLines = false;
    for (;;) {
      long x = Raw.eight(q);
      long marks = Raw.equal(x, '"') | Raw.equal(x, '\\') | Raw.equal(x, '\n');
      if (marks == 0) {
        q += 8;
        continue;
      }
      q = Raw.lowest(q, marks);
      byte c = at(q);
      if (c == '"') {
        break;
      }
      folds = true;
      if (c == '\\') {
        q = at(q + 1) == '\n' ? q + 1 : escapeEnd(q);
      } else {
        q = quotedLine(open, q, n, '"');
      }
    }
    from = open + 1;
    to = q;
    p = q + 1;
  }

  protected final void singleQuoted(int n) {
    long open = p;
    long q = p + 1;
    folds = false;
    severalLines = false;
    for (;;) {
      long x = Raw.eight(q);
      long marks = Raw.equal(x, '\'') | Raw.equal(x, '\n');
      if (marks == 0) {
        q += 8;
        continue;
      }
      q = Raw.lowest(q, marks);
      if (at(q) == '\'') {
        if (at(q + 1) != '\'') {
          break;
        }
        folds = true;
        q += 2;
      } else {
        folds = true;
        q = quotedLine(open, q, n, '\'');
      }
    }
    from = open + 1;
    to = q;
    p = q + 1;
  }

  /** Over the line end inside quotes to the content of the next line. */
  private long quotedLine(long open, long lineEnd, int n, char quote) {
    severalLines = true;
    long q = lineEnd;
    while (at(q) == '\n') {
      if (q >= end) {
        throw refused(open, "expected a closing " + quote + " for this one");
      }
      lineStart = q + 1;
      int spaces = Raw.spaces(lineStart);
      q = lineStart + spaces;
      if (spaces == 0 && isMarker(lineStart)) {
        throw refused(lineStart, "expected a closing " + quote + " before the document ends");
      }
      while (isBlank(at(q))) {
        q++;
      }
      if (spaces <= n && at(q) != '\n') {
        throw refused(q,
            "expected this line, which belongs to a quoted text, to be indented by " + (n + 1) + " spaces at least");
      }
    }
    return q;
  }

  /** Behind the escape that begins at {@code q}. */
  private long escapeEnd(long q) {
    byte c = at(q + 1);
    int digits = switch (c) {
      case '0', 'a', 'b', 't', '\t', 'n', 'v', 'f', 'r', 'e', ' ', '"', '/', '\\', 'N', '_', 'L', 'P' -> 0;
      case 'x' -> 2;
      case 'u' -> 4;
      case 'U' -> 8;
      default -> throw refused(q, "expected an escape that YAML knows (\\\\, \\\", \\n, \\u00e9 …)");
    };
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(at(q + 2 + i), 16);
      if (digit < 0) {
        throw refused(q, "expected " + digits + " hexadecimal digits in this escape");
      }
      value = value << 4 | digit;
    }
    if (value > 0x10_FFFF || (digits == 8 && value >>> 11 == 0x1B)) {
      throw refused(q, "expected a character of Unicode in this escape");
    }
    return q + 2 + digits;
  }
}
