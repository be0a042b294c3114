package io.tare.include.expression;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The test of a {@code <esi:when>}: {@code $(HTTP_COOKIE{group})=='staff' & !($(QUERY_STRING{page})>3)}. Whole numbers compare as
 * numbers, all else as text; a value alone is true unless it is empty, 0 or false.
 */
public final class Condition {
  private static final Pattern COMPARISON = Pattern.compile("==|!=|<=|>=|<|>");
  private static final Pattern TEXT = Pattern.compile("'([^']*)'");
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");
  private static final Pattern WORD = Pattern.compile("true|false");
  private static final int MOST_NESTED = 32;

  private final String text;
  private final Variables variables;
  private int at;
  private int nested;

  private Condition(String text, Variables variables) {
    this.text = text;
    this.variables = variables;
  }

  /**
   * Whether the test holds for this request.
   *
   * @throws NotACondition when the text can't be understood; says where
   */
  public static boolean holds(String text, Variables variables) throws NotACondition {
    Condition condition = new Condition(text, variables);
    boolean holds = condition.either();
    condition.skipBlanks();
    if (condition.at < text.length()) {
      throw condition.error("the end");
    }
    return holds;
  }

  private boolean either() throws NotACondition {
    boolean holds = both();
    while (take("||") || take("|")) {
      // Both sides are read, whatever the first one says.
      holds |= both();
    }
    return holds;
  }

  private boolean both() throws NotACondition {
    boolean holds = one();
    while (take("&&") || take("&")) {
      holds &= one();
    }
    return holds;
  }

  private boolean one() throws NotACondition {
    if (++nested > MOST_NESTED) {
      throw error("fewer parentheses than " + MOST_NESTED);
    }
    boolean holds;
    if (!text.startsWith("!=", at) && take("!")) {
      holds = !one();
    } else if (take("(")) {
      holds = either();
      if (!take(")")) {
        throw error("')'");
      }
    } else {
      holds = comparison();
    }
    nested--;
    return holds;
  }

  private boolean comparison() throws NotACondition {
    String left = value();
    Optional<String> operator = match(COMPARISON).map(Matcher::group);
    if (operator.isEmpty()) {
      return !left.isEmpty() && !left.equals("0") && !left.equals("false");
    }
    int order = compare(left, value());
    return switch (operator.get()) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<=" -> order <= 0;
      case ">=" -> order >= 0;
      case "<" -> order < 0;
      default -> order > 0;
    };
  }

  private static int compare(String left, String right) {
    return NUMBER.matcher(left).matches() && NUMBER.matcher(right).matches()
        ? Long.compare(Long.parseLong(left), Long.parseLong(right))
        : left.compareTo(right);
  }

  private String value() throws NotACondition {
    Optional<Matcher> variable = match(Template.VARIABLE);
    if (variable.isPresent()) {
      return Template.valueOf(variable.get(), variables);
    }
    return match(TEXT).map(found -> found.group(1)).or(() -> match(NUMBER).map(Matcher::group))
        .or(() -> match(WORD).map(Matcher::group)).orElseThrow(() -> error("a variable, 'text' or a number"));
  }

  private Optional<Matcher> match(Pattern pattern) {
    skipBlanks();
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher);
  }

  private boolean take(String symbol) {
    skipBlanks();
    boolean there = text.startsWith(symbol, at);
    at += there ? symbol.length() : 0;
    return there;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private NotACondition error(String expected) {
    return new NotACondition("expected " + expected + " at " + at + " of the test " + text);
  }
}
