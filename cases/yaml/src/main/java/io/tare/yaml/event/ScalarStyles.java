package io.tare.yaml.event;

/** Whether a text can be written in a style so that it is read back as it is, and how. */
final class ScalarStyles {
  private ScalarStyles() {}

  /** Plain, in one line: no indicator at its start, no colon or comment sign where they mean something. */
  static boolean fitsPlain(String text, boolean key, boolean flow) {
    if (text.isEmpty() || !isPrintableLine(text) || looksLikeMarker(text)) {
      return false;
    }
    char first = text.charAt(0);
    char second = text.length() > 1 ? text.charAt(1) : key ? ':' : ' ';
    boolean solid = second != ' ' && second != '\t' && !(flow && ",[]{}".indexOf(second) >= 0);
    if (",[]{}#&*!|>'\"%@`".indexOf(first) >= 0 || ("-?:".indexOf(first) >= 0 && !solid)) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A key's own colon follows, so that one at its end is solid.
      char next = i + 1 < text.length() ? text.charAt(i + 1) : key ? ':' : ' ';
      if ((c == ':' && (next == ' ' || next == '\t' || (flow && ",[]{}".indexOf(next) >= 0)))
          || ((c == ' ' || c == '\t') && next == '#') || (flow && ",[]{}".indexOf(c) >= 0)) {
        return false;
      }
    }
    return !isBlank(first) && !isBlank(text.charAt(text.length() - 1));
  }

  private static boolean looksLikeMarker(String text) {
    return (text.startsWith("---") || text.startsWith("...")) && (text.length() == 3 || isBlank(text.charAt(3)));
  }

  static boolean fitsSingleQuotes(String text) {
    return isPrintableLine(text);
  }

  /** Literal or folded: any lines of printable characters. */
  static boolean fitsBlock(String text) {
    return isPrintableLine(text.replace('\n', ' '));
  }

  private static boolean isPrintableLine(String text) {
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      if (!isPrintable(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static boolean isPrintable(int c) {
    return (c >= ' ' && c < 0x7F) || c == '\t' || c == 0x85 || (c >= 0xA0 && c < 0xD800)
        || (c >= 0xE000 && c <= 0xFFFD && c != 0xFEFF)
        || c >= 0x1_0000;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  static String doubleQuoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length();) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPrintable(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Header and lines of a literal or folded text; lines are indented by {@code indent}, which is two more than the parent's. */
  static String block(String text, int indent, boolean folded) {
    String body = text.replaceAll("\n+\\z", "");
    int feeds = text.length() - body.length();
    StringBuilder out = new StringBuilder(folded ? ">" : "|");
    if (!text.isEmpty() && (isBlank(text.charAt(0)) || text.charAt(0) == '\n')) {
      out.append('2');
    }
    out.append(feeds == 0 ? "-" : feeds == 1 && !body.isEmpty() ? "" : "+").append('\n');
    if (!body.isEmpty()) {
      lines(body, " ".repeat(indent), folded, out);
    }
    return out.append("\n".repeat(Math.max(0, feeds - (body.isEmpty() ? 0 : 1)))).toString();
  }

  /** In folded texts a line end between two lines that begin with no blank has to be written twice. */
  private static void lines(String body, String margin, boolean folded, StringBuilder out) {
    String before = null;
    for (int at = 0; at < body.length();) {
      int feeds = 0;
      while (body.charAt(at) == '\n') {
        feeds++;
        at++;
      }
      int end = body.indexOf('\n', at);
      String line = body.substring(at, end < 0 ? body.length() : end);
      boolean flows = folded && before != null && !isBlank(before.charAt(0)) && !isBlank(line.charAt(0));
      out.append("\n".repeat(flows ? feeds + 1 : feeds)).append(margin).append(line);
      before = line;
      at += line.length();
    }
    out.append('\n');
  }
}
