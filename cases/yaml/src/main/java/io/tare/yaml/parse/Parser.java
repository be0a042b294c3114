package io.tare.yaml.parse;

import io.tare.yaml.basis.YamlException;
import io.tare.yaml.basis.YamlOptions.Limits;

/** A stream of documents. Tells a {@link Sink} what it finds. */
public final class Parser extends Block {
  private final int mostDocuments;

  public Parser(long textStart, long start, long end, Sink sink, Limits limits) {
    super(textStart, start, end, sink, limits.depth());
    this.mostDocuments = limits.documents();
  }

  /** Reads everything. */
  public void run() {
    boolean directivesMayStand = true;
    int documents = 0;
    begin();
    for (;;) {
      skipMark();
      boolean directives = directivesMayStand && directives();
      boolean explicit = indent < 0 && p < end && at(p) == '-';
      if (!explicit && p < end && indent < 0) {
        if (directives) {
          throw refused(p, "expected '---' after directives");
        }
        directivesMayStand = documentEnd();
        continue;
      }
      if (!explicit && (p >= end || directives)) {
        if (directives) {
          throw refused(p, "expected '---' after directives");
        }
        return;
      }
      if (++documents > mostDocuments) {
        throw refused(p, "expected at most " + mostDocuments + " documents");
      }
      document(explicit);
      directivesMayStand = false;
      if (p < end && at(p) == '.') {
        sink.endDocument(true);
        directivesMayStand = documentEnd();
      } else {
        sink.endDocument(false);
      }
      forgetDirectives();
    }
  }

  private void begin() {
    startLine();
    if (indent >= 0) {
      toContent();
    }
  }

  /** A byte order mark may begin each document. */
  private void skipMark() {
    if (p == lineStart && p + 3 <= end && at(p) == (byte) 0xEF && at(p + 1) == (byte) 0xBB
        && at(p + 2) == (byte) 0xBF) {
      p += 3;
      begin();
    }
  }

  private boolean documentEnd() {
    p += 3;
    finishLine();
    return true;
  }

  private void document(boolean explicit) {
    sink.startDocument(explicit);
    depth = 0;
    if (explicit) {
      p += 3;
      node(-1, false, false);
    } else {
      rootInThisLine();
    }
    if (indent >= 0) {
      throw refused(p, "expected the end of the document ('---' or '...'), or more indentation");
    }
  }

  /** The problem at the place that the parser has reached: what a sink finds wrong gets its place so. */
  public YamlException refusedHere(String problem) {
    return refused(p, problem);
  }

  public YamlException refusedAt(long address, String problem) {
    return refused(address, problem);
  }
}
