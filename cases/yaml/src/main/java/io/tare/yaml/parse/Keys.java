package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** Keys of block mappings: whether a node is one is known only behind it, when a colon follows in its line. */
abstract class Keys extends Flow {
  private static final int LONGEST_KEY = 1024;

  Keys(long textStart, long start, long end, Sink sink, int deepest) {
    super(textStart, start, end, sink, deepest);
  }

  /** Reads a scalar of any style but block ones; true if it is a key. */
  protected final boolean scalarIsKey(Style style, int n, boolean blockMayStart) {
    long start = p;
    if (style == Style.PLAIN) {
      if (at(p) == ':' && endsToken(p + 1)) {
        from = p;
        to = p;
        folds = false;
        severalLines = false;
        return colonFollows(start, blockMayStart);
      }
      if (!startsPlain(p, false)) {
        throw refused(p, unexpected(at(p)));
      }
      folds = false;
      severalLines = false;
      if (plainLine()) {
        return colonFollows(start, blockMayStart);
      }
      plainLines(n);
      return false;
    }
    quoted(n);
    return colonFollows(start, blockMayStart && !severalLines);
  }

  private static String unexpected(byte c) {
    return switch (c) {
      case '@', '`' -> "expected no '" + (char) c + "' here: YAML reserves it (put the text in quotes)";
      case '%' -> "expected no '%' here: directives stand before '---' (put the text in quotes)";
      case ',', ']', '}' -> "expected no '" + (char) c + "' outside of brackets";
      default -> "expected a value here";
    };
  }

  /** Whether the node that began at {@code start} is a key: a colon follows in its line. A colon where no key may stand is refused. */
  protected final boolean colonFollows(long start, boolean keyMayStand) {
    skipBlanks();
    if (at(p) != ':' || !endsToken(p + 1)) {
      return false;
    }
    if (!keyMayStand) {
      throw refused(p,
          "expected no ':' here: a key stands at the beginning of a line, indented by spaces, in one line");
    }
    if (p - start > LONGEST_KEY) {
      throw refused(start, "expected a key of at most " + LONGEST_KEY + " bytes");
    }
    return true;
  }

  /** Whose the properties of the line before are has to be known before the collection begins: reads it twice. */
  protected final boolean wouldBeKey(int n) {
    Sink listener = sink;
    long start = p;
    long line = lineStart;
    sink = Nobody.HERE;
    flowCollection(n, null);
    skipBlanks();
    boolean key = lineStart == line && at(p) == ':' && endsToken(p + 1);
    sink = listener;
    p = start;
    lineStart = line;
    return key;
  }

  protected final void key(int n, @Nullable Properties properties) {
    long start = p;
    long line = lineStart;
    byte c = at(p);
    boolean colon;
    switch (c) {
      case '[', '{' -> {
        flowCollection(n, properties);
        colon = colonFollows(start, line == lineStart);
      }
      case '*' -> {
        if (properties != null) {
          throw refused(p, "expected no anchor or tag before an alias");
        }
        sink.alias(name(false));
        colon = colonFollows(start, true);
      }
      default -> {
        Style style = c == '"' ? Style.DOUBLE_QUOTED : c == '\'' ? Style.SINGLE_QUOTED : Style.PLAIN;
        colon = scalarIsKey(style, n, true);
        if (colon) {
          scalar(style, properties);
        }
      }
    }
    if (!colon) {
      throw refused(p, "expected ':' behind this key");
    }
  }
}
