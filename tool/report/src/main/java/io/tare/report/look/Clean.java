package io.tare.report.look;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text that came from the target harmless to look at.
 *
 * <p>A thread or a file can be named so that a terminal obeys the name. Whatever a screen would obey instead of show
 * (control characters, escape sequences, changes of writing direction, invisible characters) is shown as an escape.
 */
public final class Clean {
  /** What {@code Style} paints with, and nothing else: a sequence that could move, hide or ask is none of these. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:0|1|2|3[1-6]|1;31)m");

  private Clean() {}

  /** The text on one line, with every character visible. */
  public static String line(String text) {
    return clean(text, false);
  }

  /** The text with its line ends and tabs, and every other character visible. */
  public static String lines(String text) {
    return clean(text, true);
  }

  /** What a renderer has set in colours: as {@link #lines}, but the colours themselves pass. */
  public static String painted(String text) {
    if (text.indexOf('\u001b') < 0) {
      return lines(text);
    }
    StringBuilder clean = new StringBuilder(text.length());
    Matcher colour = COLOUR.matcher(text);
    int at = 0;
    while (colour.find()) {
      clean.append(lines(text.substring(at, colour.start()))).append(colour.group());
      at = colour.end();
    }
    return clean.append(lines(text.substring(at))).toString();
  }

  private static String clean(String text, boolean keepsLayout) {
    int at = 0;
    while (at < text.length() && isPlain(text.charAt(at), keepsLayout)) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length() + 16).append(text, 0, at);
    text.substring(at).codePoints().forEach(c -> append(clean, c, keepsLayout));
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

  private static boolean isPlain(int c, boolean keepsLayout) {
    return (c >= 0x20 && c < 0x7f) || (keepsLayout && (c == '\n' || c == '\t'));
  }

  private static void append(StringBuilder clean, int codePoint, boolean keepsLayout) {
    if (isPlain(codePoint, keepsLayout) || !isHidden(codePoint)) {
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
