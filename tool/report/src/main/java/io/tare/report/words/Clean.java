package io.tare.report.words;

/**
 * Makes text that came from the target harmless to look at.
 *
 * <p>A thread or a file can be named so that a terminal obeys the name. Whatever a screen would obey instead of show
 * (control characters, escape sequences, changes of writing direction, invisible characters) is shown as an escape.
 */
public final class Clean {
  private Clean() {}

  /** The text on one line, with every character visible. */
  public static String line(String text) {
    int at = 0;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, at);
    text.substring(at).codePoints().forEach(c -> append(clean, c));
    return clean.toString();
  }

  /** Whether a screen would obey the character, or hide it, instead of showing it. */
  public static boolean isHidden(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
          Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
        true;
      default -> false;
    };
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x7f;
  }

  private static void append(StringBuilder clean, int codePoint) {
    if (!isHidden(codePoint)) {
      clean.appendCodePoint(codePoint);
      return;
    }
    switch (codePoint) {
      case '\n' -> clean.append("\\n");
      case '\r' -> clean.append("\\r");
      case '\t' -> clean.append("\\t");
      case 0x1b -> clean.append("\\e");
      default -> clean.append("\\u{").append(Integer.toHexString(codePoint)).append('}');
    }
  }
}
