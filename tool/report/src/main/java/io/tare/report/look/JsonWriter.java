package io.tare.report.look;

import io.tare.model.Problem;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Writes JSON as it is told, in that order: outer levels one member a line, inner ones in a row.
 *
 * <p>Characters that a terminal would obey are escaped, so that the output is exact for a parser and harmless on a screen.
 */
public final class JsonWriter {
  private static final int DEEPEST_BROKEN_LEVEL = 2;

  private final StringBuilder out = new StringBuilder();
  private int depth;
  private boolean isFirst = true;

  /** Begins an object; as a member of an array, or as the whole. */
  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter beginObject(String name) {
    return name(name).open('{');
  }

  public JsonWriter endObject() {
    return end('}');
  }

  public JsonWriter beginArray(String name) {
    return name(name).open('[');
  }

  public JsonWriter endArray() {
    return end(']');
  }

  public JsonWriter field(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  public JsonWriter field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  public JsonWriter field(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A number that is not finite has no form in JSON and becomes null. */
  public JsonWriter field(String name, double value) {
    name(name);
    out.append(Double.isFinite(value) ? Double.toString(value) : "null");
    return this;
  }

  /** A member that is null. */
  public JsonWriter nothing(String name) {
    name(name);
    out.append("null");
    return this;
  }

  /** A number with at most three decimals; nothing for what is no number. */
  public JsonWriter decimal(String name, double value) {
    if (!Double.isFinite(value)) {
      return this;
    }
    name(name);
    out.append(BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString());
    return this;
  }

  /** Writes nothing for what is unknown. */
  public JsonWriter field(String name, OptionalLong value) {
    return value.isPresent() ? field(name, value.getAsLong()) : this;
  }

  /** Writes nothing for an empty text. */
  public JsonWriter fieldIfSaid(String name, String value) {
    return value.isBlank() ? this : field(name, value);
  }

  /** A member of an array. */
  public JsonWriter value(String value) {
    next();
    string(value);
    return this;
  }

  /** A member that is an array of texts. */
  public JsonWriter strings(String name, List<String> values) {
    beginArray(name);
    values.forEach(this::value);
    return endArray();
  }

  /** The member {@code problems}: what could not be read as it should be. */
  public JsonWriter problems(List<Problem> problems) {
    beginArray("problems");
    problems.forEach(problem -> beginObject().field("artifact", problem.artifact()).field("where", problem.where())
        .field("message", problem.message()).endObject());
    return endArray();
  }

  /** A constant's name as it is written in JSON: {@code cannot-tell}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The whole text, with a newline at its end. */
  public String finish() {
    if (depth != 0) {
      throw new IllegalStateException("JSON ends inside " + depth + " open objects or arrays");
    }
    return out.append('\n').toString();
  }

  private JsonWriter begin(char bracket) {
    if (depth > 0) {
      next();
    }
    return open(bracket);
  }

  private JsonWriter open(char bracket) {
    out.append(bracket);
    depth++;
    isFirst = true;
    return this;
  }

  private JsonWriter end(char bracket) {
    boolean isEmpty = isFirst;
    boolean isBroken = depth <= DEEPEST_BROKEN_LEVEL;
    depth--;
    if (isBroken && !isEmpty) {
      out.append('\n').repeat("  ", depth);
    }
    out.append(bracket);
    isFirst = false;
    return this;
  }

  private JsonWriter name(String name) {
    next();
    string(name);
    out.append(": ");
    return this;
  }

  private void next() {
    if (!isFirst) {
      out.append(',');
    }
    if (depth <= DEEPEST_BROKEN_LEVEL) {
      out.append('\n').repeat("  ", depth);
    } else if (!isFirst) {
      out.append(' ');
    }
    isFirst = false;
  }

  private void string(String text) {
    out.append('"');
    for (int at = 0; at < text.length();) {
      int codePoint = text.codePointAt(at);
      append(codePoint);
      at += Character.charCount(codePoint);
    }
    out.append('"');
  }

  private void append(int codePoint) {
    if (codePoint == '"' || codePoint == '\\') {
      out.append('\\').append((char) codePoint);
    } else if (codePoint == '\n') {
      out.append("\\n");
    } else if (!Clean.isHidden(codePoint)) {
      out.appendCodePoint(codePoint);
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      // Half of a pair is no character: a parser may refuse it.
      out.append("\\ufffd");
    } else {
      escape(codePoint);
    }
  }

  private void escape(int codePoint) {
    for (char half : Character.toChars(codePoint)) {
      String hex = Integer.toHexString(half);
      out.append("\\u").repeat('0', 4 - hex.length()).append(hex);
    }
  }
}
