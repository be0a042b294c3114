package io.tare.sync.filter;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for paths, with the meaning that rclone documents: {@code *} stays within a name and {@code **} does not, {@code ?} is one
 * character, {@code [a-z]} one of a class, <code>{a,b}</code> either, <code>{{regular expression}}</code> as it stands, {@code \}
 * takes the next character as it is, but {@code \d} is a digit. A leading {@code /} ties it to the root; else it may begin at any
 * directory.
 */
final class Glob {
  private static final int LONGEST = 4096;
  private static final String REGULAR = ".+()|^$";

  private final String text;
  private final StringBuilder expression = new StringBuilder();
  private boolean isInBraces;
  private int at;

  private Glob(String text) {
    this.text = text;
  }

  static Pattern pattern(String glob) throws BadFilter {
    if (glob.isEmpty() || glob.length() > LONGEST) {
      throw new BadFilter("a pattern has 1 to " + LONGEST + " characters");
    }
    return new Glob(glob).compile();
  }

  /** The path as far as every path that matches is sure to begin; empty where the pattern may begin anywhere. */
  static String sureBeginning(String glob) {
    if (!glob.startsWith("/")) {
      return "";
    }
    int end = 1;
    while (end < glob.length() && "*?[{\\".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return glob.substring(1, end);
  }

  private Pattern compile() throws BadFilter {
    boolean isTied = text.startsWith("/");
    at = isTied ? 1 : 0;
    expression.append(isTied ? "^" : "(?:^|/)");
    while (at < text.length()) {
      one(text.charAt(at));
    }
    if (isInBraces) {
      throw bad("has a '{' without its '}'");
    }
    try {
      return Pattern.compile(expression.append('$').toString(), Pattern.DOTALL);
    } catch (PatternSyntaxException wrong) {
      throw bad("is not understood: " + wrong.getDescription());
    }
  }

  private void one(char c) throws BadFilter {
    switch (c) {
      case '*' -> stars();
      case '?' -> append("[^/]");
      case '[' -> characterClass();
      case ']' -> throw bad("has a ']' without its '['");
      case '{' -> brace();
      case '}' -> endOfBrace();
      case ',' -> append(isInBraces ? "|" : ",");
      case '\\' -> escaped();
      default -> append(REGULAR.indexOf(c) >= 0 ? "\\" + c : String.valueOf(c));
    }
  }

  private void append(String part) {
    expression.append(part);
    at++;
  }

  private void stars() throws BadFilter {
    int end = at;
    while (end < text.length() && text.charAt(end) == '*') {
      end++;
    }
    if (end - at > 2) {
      throw bad("has more than two stars in a row");
    }
    expression.append(end - at == 2 ? ".*" : "[^/]*");
    at = end;
  }

  private void characterClass() throws BadFilter {
    int end = text.indexOf(']', at + 2);
    if (end < 0) {
      throw bad("has a '[' without its ']'");
    }
    String inside = text.substring(at + 1, end);
    boolean isNegated = inside.startsWith("!") || inside.startsWith("^");
    expression.append(isNegated ? "[^" : "[")
        .append((isNegated ? inside.substring(1) : inside).replace("[", "\\[").replace("&&", "&\\&")).append(']');
    at = end + 1;
  }

  private void brace() throws BadFilter {
    if (text.startsWith("{{", at)) {
      int end = text.indexOf("}}", at);
      if (end < 0) {
        throw bad("has a '{{' without its '}}'");
      }
      expression.append("(?:").append(text, at + 2, end).append(')');
      at = end + 2;
      return;
    }
    if (isInBraces) {
      throw bad("has a '{' inside another");
    }
    isInBraces = true;
    append("(?:");
  }

  private void endOfBrace() throws BadFilter {
    if (!isInBraces) {
      throw bad("has a '}' without its '{'");
    }
    isInBraces = false;
    append(")");
  }

  private void escaped() throws BadFilter {
    if (at + 1 == text.length()) {
      throw bad("ends with a backslash");
    }
    // \d and its like are classes; a punctuation mark stands for itself.
    expression.append(text, at, at + 2);
    at += 2;
  }

  private BadFilter bad(String what) {
    return new BadFilter("the pattern '" + text + "' " + what);
  }
}
