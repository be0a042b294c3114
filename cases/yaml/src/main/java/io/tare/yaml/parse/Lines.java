package io.tare.yaml.parse;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.memory.Raw;
import java.nio.charset.StandardCharsets;

/** Where the parser is in its text: the place, the line, its indentation; the way over blanks and comments; refusals with their place. */
abstract class Lines {
  private static final int LONGEST_LINE_SHOWN = 4096;
  /** Where the text starts, for line numbers. */
  private final long textStart;
  protected final long end;
  protected long p;
  protected long lineStart;
  /** The column of the content that the last {@link #toContent} has found in a new line; −1 at the end of a document. */
  protected int indent;
  /** Whether there was a tab before that content. */
  protected boolean tabbed;

  Lines(long textStart, long start, long end) {
    this.textStart = textStart;
    this.end = end;
    this.p = start;
    this.lineStart = start;
  }

  protected final byte at(long address) {
    return Raw.at(address);
  }

  protected static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** A blank or the end of a line: what has to follow an indicator. */
  protected final boolean endsToken(long address) {
    byte c = Raw.at(address);
    return c == ' ' || c == '\n' || c == '\t';
  }

  protected static boolean isFlowIndicator(byte c) {
    return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
  }

  protected final int column() {
    return (int) Math.min(p - lineStart, Integer.MAX_VALUE);
  }

  /** Begins a line at {@code p}. */
  protected final void startLine() {
    lineStart = p;
    tabbed = false;
    if (p >= end) {
      indent = -1;
      return;
    }
    indent = Raw.spaces(p);
    if (indent == 0 && isMarker(p)) {
      indent = -1;
    }
    p += Math.max(indent, 0);
  }

  /** Over blanks, comments and line ends to the next content, or to the end of the document. True if that is in another line. */
  protected final boolean toContent() {
    boolean crossed = false;
    boolean comment = p == lineStart || isBlank(at(p - 1));
    tabbed = false;
    for (;;) {
      byte c = at(p);
      if (c == '\n') {
        crossed = true;
        comment = true;
        if (p >= end) {
          p = end;
          indent = -1;
          return true;
        }
        p++;
        startLine();
        if (indent < 0) {
          return true;
        }
      } else if (c == ' ') {
        p++;
        comment = true;
      } else if (c == '\t') {
        p++;
        comment = true;
        tabbed = true;
      } else if (c == '#' && comment) {
        p = Raw.lineEnd(p);
      } else {
        return crossed;
      }
    }
  }

  /** After a node: the next content has to be in another line. */
  protected final void finishLine() {
    if (!toContent()) {
      throw refused(p, "expected the end of the line here");
    }
  }

  protected final void skipBlanks() {
    while (isBlank(at(p))) {
      p++;
    }
  }

  protected final boolean isMarker(long address) {
    byte c = at(address);
    return (c == '-' || c == '.') && at(address + 1) == c && at(address + 2) == c && endsToken(address + 3);
  }

  protected final boolean isDash() {
    return at(p) == '-' && endsToken(p + 1);
  }

  protected final YamlException refused(long where, String problem) {
    long place = Math.max(textStart, Math.min(where, end));
    long line = 1;
    long start = textStart;
    for (long i = Raw.lineEnd(textStart); i < place; i = Raw.lineEnd(i + 1)) {
      line++;
      start = i + 1;
    }
    int length = (int) Math.min(Math.min(Raw.lineEnd(start), end) - start, LONGEST_LINE_SHOWN);
    byte[] shown = new byte[Math.max(0, length)];
    Raw.copy(start, shown, 0, shown.length);
    String found = place >= end ? ", found the end of the text" : "";
    String text = new String(shown, StandardCharsets.UTF_8);
    int column = columnOf(shown, (int) Math.min(place - start, shown.length));
    return new YamlException(problem + found, line, column + 1 + Math.max(0, place - start - shown.length), text);
  }

  /** In characters, as editors count. */
  private static int columnOf(byte[] line, int bytes) {
    return new String(line, 0, bytes, StandardCharsets.UTF_8).length();
  }
}
