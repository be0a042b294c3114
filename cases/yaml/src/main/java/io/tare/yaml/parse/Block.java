package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/**
 * Nodes by indentation. Each method that reads a node ends at the next content in another line, whose column stands in {@code indent} (−1 at the end of the
 * document); so a collection ends where {@code indent} is less than its own column.
 */
abstract class Block extends Keys {
  Block(long textStart, long start, long end, Sink sink, int deepest) {
    super(textStart, start, end, sink, deepest);
  }

  /**
   * The node behind an indicator, whose parent has the indentation {@code n}. A collection may begin in this line if {@code compact}; a sequence may have the
   * parent's own indentation if {@code level}.
   */
  protected final void node(int n, boolean compact, boolean level) {
    if (toContent()) {
      if (indent <= n && !(level && indent == n && isDash())) {
        empty(null);
        return;
      }
      content(n, true, level, null);
    } else {
      content(n, compact, level, null);
    }
  }

  /** The node of a document without a marker, which begins with the content here. */
  protected final void rootInThisLine() {
    content(-1, true, false, null);
  }

  private void empty(@Nullable Properties properties) {
    sink.slice(Style.PLAIN, p, p, properties);
  }

  /** A node whose first character is here. {@code outer}: properties that stood in a line before. */
  private void content(int n, boolean collections, boolean level, @Nullable Properties outer) {
    int column = column();
    boolean blockMayStart = collections && !tabbed;
    byte c = at(p);
    switch (c) {
      case '-', '?' -> {
        if (endsToken(p + 1)) {
          if (!blockMayStart) {
            throw refused(p, "expected no '" + (char) c
                + "' here: a block collection begins in a line of its own, indented by spaces");
          }
          sink.at(p);
          if (c == '-') {
            sequence(column, level && column == n, outer);
          } else {
            mapping(column, outer);
          }
          return;
        }
      }
      case '|', '>' -> {
        blockText(n, outer);
        return;
      }
      case '&', '!' -> {
        withProperties(n, collections, level, outer);
        return;
      }
      default -> {
      }
    }
    keyOrValue(n, column, blockMayStart, outer, null);
  }

  private void withProperties(int n, boolean collections, boolean level, @Nullable Properties outer) {
    int column = column();
    boolean blockMayStart = collections && !tabbed;
    long start = p;
    Properties inner = properties(false);
    if (at(p) == '\n' || at(p) == '#') {
      Properties all = merged(outer, inner, start);
      toContent();
      if (indent <= n && !(level && indent == n && isDash())) {
        empty(all);
      } else {
        content(n, true, level, all);
      }
      return;
    }
    byte c = at(p);
    if (c == '|' || c == '>') {
      blockText(n, merged(outer, inner, start));
      return;
    }
    if (isDash() || (c == '?' && endsToken(p + 1))) {
      throw refused(p, "expected the collection in the line after its anchor or tag");
    }
    keyOrValue(n, column, blockMayStart, outer, inner);
  }

  private void blockText(int n, @Nullable Properties properties) {
    Style style = at(p) == '|' ? Style.LITERAL : Style.FOLDED;
    blockScalar(n);
    sink.folded(style, from, to, block, properties);
    finishLine();
  }

  /** A scalar, alias or collection in brackets; if a colon follows, it is the first key of a mapping at {@code column}. */
  private void keyOrValue(int n, int column, boolean blockMayStart, @Nullable Properties outer,
      @Nullable Properties inner) {
    long start = p;
    sink.at(start);
    byte c = at(p);
    switch (c) {
      case '[', '{' -> {
        flowKeyOrValue(n, column, blockMayStart, outer, inner);
        return;
      }
      case '*' -> {
        if (inner != null) {
          throw refused(p, "expected no anchor or tag before an alias");
        }
        String name = name(false);
        if (colonFollows(start, blockMayStart)) {
          sink.startMapping(Style.BLOCK, outer);
          sink.alias(name);
          mappingAtColon(column);
        } else if (outer != null) {
          throw refused(start, "expected no anchor or tag before an alias");
        } else {
          sink.alias(name);
          finishLine();
        }
        return;
      }
      default -> {
      }
    }
    Style style = c == '"' ? Style.DOUBLE_QUOTED : c == '\'' ? Style.SINGLE_QUOTED : Style.PLAIN;
    if (scalarIsKey(style, n, blockMayStart)) {
      sink.startMapping(Style.BLOCK, outer);
      scalar(style, inner);
      mappingAtColon(column);
    } else {
      scalar(style, outer == null ? inner : merged(outer, inner, start));
      finishLine();
    }
  }

  private void flowKeyOrValue(int n, int column, boolean blockMayStart, @Nullable Properties outer,
      @Nullable Properties inner) {
    long start = p;
    long line = lineStart;
    boolean undecided = blockMayStart && (outer == null || wouldBeKey(n));
    int held = undecided ? sink.hold() : -1;
    flowCollection(n, undecided || outer == null ? inner : merged(outer, inner, start));
    boolean key = colonFollows(start, undecided && line == lineStart);
    if (key) {
      sink.wrap(held, Style.BLOCK, outer);
      mappingAtColon(column);
      return;
    }
    if (undecided) {
      sink.letGo(held);
    }
    finishLine();
  }

  private void sequence(int column, boolean level, @Nullable Properties properties) {
    enter();
    sink.startSequence(Style.BLOCK, properties);
    do {
      p++;
      node(column, true, false);
    } while (indent == column && !tabbed && isDash());
    if (indent > column || (indent == column && !level)) {
      throw refused(p, "expected '- ' in column " + (column + 1) + ", or the end of this sequence");
    }
    sink.endSequence();
    depth--;
  }

  /** A mapping whose first entry has an explicit key. */
  private void mapping(int column, @Nullable Properties properties) {
    enter();
    sink.startMapping(Style.BLOCK, properties);
    entries(column);
  }

  /** A mapping that has begun, whose first key is told; {@code p} is at its colon. */
  private void mappingAtColon(int column) {
    enter();
    p++;
    node(column, false, true);
    if (indent == column) {
      entries(column);
    } else {
      endMapping(column);
    }
  }

  private void entries(int column) {
    do {
      if (tabbed) {
        throw refused(p, "expected spaces, no tabs, before a key");
      }
      entry(column);
    } while (indent == column);
    endMapping(column);
  }

  private void endMapping(int column) {
    if (indent > column) {
      throw refused(p, "expected a key in column " + (column + 1) + ", or the end of this mapping");
    }
    sink.endMapping();
    depth--;
  }

  private void entry(int column) {
    sink.at(p);
    int known = sink.expectedKey(p);
    if (known > 0) {
      p += known + 1;
      node(column, false, true);
      return;
    }
    byte c = at(p);
    switch (c) {
      case '?' -> {
        if (endsToken(p + 1)) {
          explicitEntry(column);
          return;
        }
      }
      case '-' -> {
        if (endsToken(p + 1)) {
          throw refused(p, "expected a key, no '-': a sequence is indented as much as the others of its kind");
        }
      }
      default -> {
      }
    }
    Properties properties = c == '&' || c == '!' ? properties(false) : null;
    key(column, properties);
    p++;
    node(column, false, true);
  }

  private void explicitEntry(int column) {
    p++;
    node(column, true, true);
    if (indent == column && !tabbed && at(p) == ':' && endsToken(p + 1)) {
      p++;
      node(column, true, true);
    } else {
      empty(null);
    }
  }
}
