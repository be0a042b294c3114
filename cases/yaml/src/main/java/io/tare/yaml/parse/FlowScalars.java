package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import io.tare.yaml.memory.Raw;
import org.jspecify.annotations.Nullable;

/** Scalars inside of brackets, and the way between them. */
abstract class FlowScalars extends NodeStart {
  protected Sink sink;
  /** The indentation of the block that the brackets stand in: their lines have to be indented more. */
  protected int outside;

  FlowScalars(long textStart, long start, long end, Sink sink) {
    super(textStart, start, end);
    this.sink = sink;
  }

  protected final void quoted(int n) {
    if (at(p) == '"') {
      doubleQuoted(n);
    } else {
      singleQuoted(n);
    }
  }

  protected final void scalar(Style style, @Nullable Properties properties) {
    if (folds) {
      sink.folded(style, from, to, 0, properties);
    } else {
      sink.slice(style, from, to, properties);
    }
  }

  protected final void plain(@Nullable Properties properties) {
    if (!startsPlain(p, true)) {
      throw refused(p, p >= end || (isMarker(p) && p == lineStart)
          ? "expected the closing bracket of a collection before the document ends"
          : "expected a value here");
    }
    boolean key = plainLineInFlow();
    folds = false;
    if (!key && at(p) == '\n') {
      plainLinesInFlow();
    }
    scalar(Style.PLAIN, properties);
  }

  private void plainLinesInFlow() {
    long start = from;
    long last = to;
    boolean goesOn = false;
    while (at(p) == '\n' && p < end) {
      boolean comment = skip();
      if (comment || (at(p) == ':' && endsSign(p + 1)) || isFlowIndicator(at(p)) || p >= end) {
        break;
      }
      goesOn = true;
      boolean key = plainLineInFlow();
      last = to;
      if (key) {
        break;
      }
    }
    from = start;
    to = last;
    folds = goesOn;
  }

  /** Over blanks, comments and line ends. True if there was a comment. */
  protected final boolean skip() {
    boolean commented = false;
    boolean comment = p == lineStart || isBlank(at(p - 1));
    for (;;) {
      byte c = at(p);
      if (c == '\n') {
        if (p >= end) {
          throw refused(end, "expected the closing bracket of a collection");
        }
        sink.lineCrossed();
        p++;
        lineStart = p;
        int spaces = skipSpaces();
        comment = true;
        if (spaces <= Math.max(outside, 0)) {
          littleIndented(spaces);
        }
      } else if (isBlank(c)) {
        p++;
        comment = true;
      } else if (c == '#' && comment) {
        commented = true;
        p = Raw.lineEnd(p);
      } else {
        return commented;
      }
    }
  }

  private int skipSpaces() {
    int spaces = Raw.spaces(p);
    p += spaces;
    return spaces;
  }

  /** A line that is not indented enough may be blank or a comment, no more. */
  private void littleIndented(int spaces) {
    if (spaces == 0 && isMarker(lineStart)) {
      throw refused(p, "expected the closing bracket of a collection before the document ends");
    }
    if (spaces > outside) {
      return;
    }
    long q = p;
    while (isBlank(at(q))) {
      q++;
    }
    if (at(q) != '\n' && at(q) != '#') {
      throw refused(p,
          "expected this line, which stands in brackets, to be indented by " + (outside + 1) + " spaces at least");
    }
  }

  /** Whether an indicator that ends here is one: a blank, a line's end or a bracket or comma follows. */
  protected final boolean endsSign(long address) {
    return endsToken(address) || isFlowIndicator(at(address));
  }
}
