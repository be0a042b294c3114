package io.tare.formats.json;

import io.tare.formats.NotThisFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The smallest parts of JSON: strings, numbers, words and punctuation. */
final class JsonTokens {
  private static final Pattern NUMBER = Pattern
      .compile("-?(?:0|[1-9][0-9]{0,400})(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?");

  private final String artifact;
  private final String text;
  private int at;

  JsonTokens(String artifact, String text) {
    this.artifact = artifact;
    this.text = text;
  }

  int at() {
    return at;
  }

  /** The character here; 0 at the end. */
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  boolean takeIf(char expected) {
    skipBlanks();
    boolean here = peek() == expected && at < text.length();
    at += here ? 1 : 0;
    return here;
  }

  void take(char expected) throws NotThisFormat {
    if (!takeIf(expected)) {
      throw refused("expected '" + expected + "'");
    }
  }

  Object word(String word, Object value) throws NotThisFormat {
    if (!text.startsWith(word, at)) {
      throw refused("expected '" + word + "'");
    }
    at += word.length();
    return value;
  }

  Object number() throws NotThisFormat {
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      throw refused("expected a value");
    }
    at = number.end();
    boolean whole = number.group(1) == null && number.group(2) == null;
    try {
      return whole ? (Object) Long.valueOf(number.group()) : (Object) finite(number.group());
    } catch (NumberFormatException tooLong) {
      return finite(number.group());
    }
  }

  private Double finite(String number) throws NotThisFormat {
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw refused("the number is too large");
    }
    return value;
  }

  String string() throws NotThisFormat {
    take('"');
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return value.toString();
      }
      if (c < ' ') {
        throw refused("a control character in a string");
      }
      value.append(c == '\\' ? escaped() : c);
    }
    throw refused("the string does not end");
  }

  private char escaped() throws NotThisFormat {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw refused("an escape that is not known");
    };
  }

  private char unicode() throws NotThisFormat {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw refused("expected four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  NotThisFormat refused(String why) {
    return new NotThisFormat(artifact + " at offset " + Math.min(at, text.length()) + ": " + why);
  }
}
