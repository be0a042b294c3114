package io.tare.yaml.parse;

import io.tare.yaml.basis.Style;
import org.jspecify.annotations.Nullable;

/** Collections in brackets and what is inside them. */
abstract class Flow extends FlowScalars {
  private static final int LONGEST_KEY = 1024;
  private final int deepest;
  protected int depth;

  Flow(long textStart, long start, long end, Sink sink, int deepest) {
    super(textStart, start, end, sink);
    this.deepest = deepest;
  }

  protected final void enter() {
    if (++depth > deepest) {
      throw refused(p, "expected at most " + deepest + " collections in one another");
    }
  }

  /** A collection from its bracket behind the closing one. */
  protected final void flowCollection(int n, @Nullable Properties properties) {
    int before = outside;
    outside = n;
    collection(properties);
    outside = before;
  }

  private void collection(@Nullable Properties properties) {
    enter();
    sink.at(p);
    if (at(p) == '[') {
      sequence(properties);
    } else {
      mapping(properties);
    }
    depth--;
  }

  private void sequence(@Nullable Properties properties) {
    sink.startSequence(Style.FLOW, properties);
    p++;
    for (;;) {
      skip();
      byte c = at(p);
      if (c == ']') {
        break;
      }
      if (c == ',') {
        throw refused(p, "expected a value before this comma");
      }
      if (c == '?' && endsSign(p + 1)) {
        explicitPair();
      } else {
        entry();
      }
      skip();
      if (at(p) == ',') {
        p++;
      } else if (at(p) != ']') {
        throw refused(p, "expected ',' or ']' here");
      }
    }
    p++;
    sink.endSequence();
  }

  /** A value of a sequence, or the only pair of a mapping without braces. */
  private void entry() {
    long start = p;
    long line = lineStart;
    int held = sink.hold();
    boolean quotedKey = true;
    byte c = at(p);
    if (c == ':' && endsSign(p + 1)) {
      sink.slice(Style.PLAIN, p, p, null);
    } else {
      quotedKey = node();
    }
    skipBlanks();
    if (at(p) == ':' && lineStart == line && (quotedKey || endsSign(p + 1))) {
      if (p - start > LONGEST_KEY) {
        throw refused(start, "expected a key of at most " + LONGEST_KEY + " bytes");
      }
      enter();
      sink.wrap(held, Style.FLOW, null);
      p++;
      value();
      sink.endMapping();
      depth--;
    } else {
      sink.letGo(held);
    }
  }

  private void explicitPair() {
    enter();
    sink.startMapping(Style.FLOW, null);
    p++;
    skip();
    explicitKey();
    skip();
    colonAndValue(true);
    sink.endMapping();
    depth--;
  }

  private void explicitKey() {
    byte c = at(p);
    if ((c == ':' && endsSign(p + 1)) || c == ',' || c == ']' || c == '}') {
      sink.slice(Style.PLAIN, p, p, null);
    } else {
      node();
    }
  }

  private void mapping(@Nullable Properties properties) {
    sink.startMapping(Style.FLOW, properties);
    p++;
    for (;;) {
      skip();
      byte c = at(p);
      if (c == '}') {
        break;
      }
      if (c == ',') {
        throw refused(p, "expected a key before this comma");
      }
      sink.at(p);
      int known = sink.expectedKey(p);
      if (known > 0) {
        p += known + 1;
        value();
        skip();
        endPair();
        continue;
      }
      boolean quotedKey = true;
      if (c == '?' && endsSign(p + 1)) {
        p++;
        skip();
        explicitKey();
      } else if (c == ':' && endsSign(p + 1)) {
        sink.slice(Style.PLAIN, p, p, null);
      } else {
        quotedKey = node();
      }
      skip();
      colonAndValue(quotedKey);
      skip();
      endPair();
    }
    p++;
    sink.endMapping();
  }

  private void endPair() {
    if (at(p) == ',') {
      p++;
    } else if (at(p) != '}') {
      throw refused(p, "expected ',' or '}' here");
    }
  }

  private void colonAndValue(boolean quotedKey) {
    if (at(p) == ':' && (quotedKey || endsSign(p + 1))) {
      p++;
      value();
    } else {
      sink.slice(Style.PLAIN, p, p, null);
    }
  }

  /** What follows the colon: a node, or nothing. */
  private void value() {
    skip();
    byte c = at(p);
    if (c == ',' || c == ']' || c == '}') {
      sink.slice(Style.PLAIN, p, p, null);
    } else {
      node();
    }
  }

  /** One node; true if a colon may follow it at once, as in JSON. */
  private boolean node() {
    byte c = at(p);
    Properties properties = null;
    if (c == '&' || c == '!') {
      properties = properties(true);
      skip();
      if (at(p) == '&' || at(p) == '!') {
        properties = merged(properties, properties(true), p);
        skip();
      }
      c = at(p);
      if (c == ',' || c == ']' || c == '}' || (c == ':' && endsSign(p + 1))) {
        sink.slice(Style.PLAIN, p, p, properties);
        return false;
      }
    }
    return switch (c) {
      case '[', '{' -> {
        collection(properties);
        yield true;
      }
      case '"', '\'' -> {
        quoted(outside);
        scalar(c == '"' ? Style.DOUBLE_QUOTED : Style.SINGLE_QUOTED, properties);
        yield true;
      }
      case '*' -> {
        if (properties != null) {
          throw refused(p, "expected no anchor or tag before an alias");
        }
        sink.at(p);
        sink.alias(name(true));
        yield false;
      }
      default -> {
        plain(properties);
        yield false;
      }
    };
  }

}
