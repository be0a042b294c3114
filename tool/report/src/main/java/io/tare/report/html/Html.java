package io.tare.report.html;

import io.tare.report.words.Clean;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes HTML. Text and attribute values are always cleaned and escaped: there is no way in for markup but {@link #own}, which
 * is for resources of this package.
 */
final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@code attributes} are names and values by turns. */
  Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  /** An element without an end. */
  Html single(String tag, String... attributes) {
    start(tag, attributes);
    return this;
  }

  Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends the line of the source, for people who read it. */
  Html newLine() {
    out.append('\n');
    return this;
  }

  Html text(String text) {
    escape(text);
    return this;
  }

  /** A whole element with a class and a text. */
  Html leaf(String tag, String cssClass, String text) {
    return open(tag, "class", cssClass).text(text).close();
  }

  /** A whole element with a text. */
  Html leaf(String tag, String text) {
    return open(tag).text(text).close();
  }

  /** Markup, style or script of our own, as it is. */
  Html own(String content) {
    out.append(content);
    return this;
  }

  String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("HTML ends inside " + open);
    }
    return out.toString();
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
    out.append('>');
  }

  private void escape(String text) {
    String clean = Clean.line(text);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        case '`' -> out.append("&#96;");
        default -> out.append(c);
      }
    }
  }
}
