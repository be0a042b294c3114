package io.tare.report.look;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Writes HTML. Text and attribute values are always cleaned and escaped: there is no way in for markup but {@link #own}, which
 * is for our own resources.
 */
public final class Html {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element; {@code attributes} are names and values by turns. */
  public Html open(String tag, String... attributes) {
    start(tag, attributes);
    open.push(tag);
    return this;
  }

  /** An element without an end. */
  public Html single(String tag, String... attributes) {
    start(tag, attributes);
    return this;
  }

  public Html close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends the line of the source, for people who read it. */
  public Html newLine() {
    out.append('\n');
    return this;
  }

  public Html text(String text) {
    escape(text);
    return this;
  }

  /** A whole element with a class and a text. */
  public Html leaf(String tag, String cssClass, String text) {
    return open(tag, "class", cssClass).text(text).close();
  }

  /** A whole element with a text. */
  public Html leaf(String tag, String text) {
    return open(tag).text(text).close();
  }

  /** Opens a table and sets its head. */
  public Html table(String... columns) {
    open("table").open("thead").open("tr");
    for (String column : columns) {
      open("th", "scope", "col").text(column).close();
    }
    return close().close();
  }

  /** Opens a table that may be wider than the page, and sets its head; {@code name} says what it is. */
  public Html wideTable(String name, List<String> columns) {
    return open("div", "class", "wide", "role", "group", "tabindex", "0", "aria-label", name)
        .table(columns.toArray(String[]::new)).newLine();
  }

  /** Ends what {@link #wideTable} opened. */
  public Html endWideTable() {
    return close().close().newLine();
  }

  /** A row of a table: a name and its numbers. */
  public Html row(String name, String... cells) {
    open("tr").leaf("td", name);
    for (String cell : cells) {
      leaf("td", "n", cell);
    }
    return close().newLine();
  }

  /** Markup, style or script of our own, as it is. */
  public Html own(String content) {
    out.append(content);
    return this;
  }

  public String finish() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("HTML ends inside " + open);
    }
    return out.toString();
  }

  /** A value for a style attribute: a number only, never a text from the target ({@code 46.832%}). */
  public static String percent(double share) {
    return Math.round(share * 100_000) / 1000.0 + "%";
  }

  /** The style of a bar of that share of its track. */
  public static String width(double share) {
    return "width:" + percent(share);
  }

  /** The style of a bar that begins at a share of its track. */
  public static String leftWidth(double left, double width) {
    return "left:" + percent(left) + ";width:" + percent(width);
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
