package io.tare.include.expression;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text with variables in it: {@code $(HTTP_COOKIE{user}|'nobody')}. What comes from a request is escaped for the place it goes to. */
public final class Template {
  static final Pattern VARIABLE = Pattern
      .compile("\\$\\(([A-Z_]+)(?:\\{([^{}()|$]{1,100})\\})?(?:\\|(?:'([^']*)'|([^'()|]*)))?\\)");

  private Template() {}

  /** For text of a page: as HTML. */
  public static String inHtml(String text, Variables variables) {
    return expand(text, variables, Template::asHtml);
  }

  /** For an address: per cent encoded. */
  public static String inAddress(String text, Variables variables) {
    return expand(text, variables, value -> URLEncoder.encode(value, StandardCharsets.ISO_8859_1));
  }

  private static String expand(String text, Variables variables, UnaryOperator<String> escape) {
    if (!text.contains("$(")) {
      return text;
    }
    return VARIABLE.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(escape.apply(valueOf(found, variables))));
  }

  static String valueOf(MatchResult found, Variables variables) {
    String otherwise = Optional.ofNullable(found.group(3)).or(() -> Optional.ofNullable(found.group(4))).orElse("");
    return variables.value(found.group(1), Optional.ofNullable(found.group(2))).orElse(otherwise);
  }

  private static String asHtml(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
        "&#39;");
  }
}
