package io.tare.cases.faults.scene;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON as maps, lists, strings, numbers ({@code Long} where they are whole) and booleans; {@code null} is the word. */
public final class JsonReader {
  private static final String NULL = "null";
  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** Throws {@code IllegalArgumentException} if the text is not one JSON object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    if (reader.skipSpace() < text.length() || !(value instanceof Map)) {
      throw reader.wrong("one JSON object");
    }
    return (Map<String, Object>) value;
  }

  private Object value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    expect('{');
    while (!ended('}')) {
      String key = string();
      skipSpace();
      expect(':');
      map.put(key, value());
    }
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    expect('[');
    while (!ended(']')) {
      list.add(value());
    }
    return list;
  }

  /** Passes the comma before the next element, or the end. */
  private boolean ended(char end) {
    skipSpace();
    if (peek() == ',') {
      at++;
      skipSpace();
    }
    boolean ended = peek() == end;
    at += ended ? 1 : 0;
    return ended;
  }

  private String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt(text.substring(at, at += 4), 16);
      default -> c;
    };
  }

  private Object word() {
    int from = at;
    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    if (word.equals("true") || word.equals("false")) {
      return Boolean.valueOf(word);
    }
    if (word.equals(NULL)) {
      return NULL;
    }
    return word.matches("-?[0-9]+") ? (Object) Long.valueOf(word) : (Object) number(word);
  }

  private Double number(String word) {
    try {
      return Double.valueOf(word);
    } catch (NumberFormatException e) {
      throw wrong("a value");
    }
  }

  private int skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private char peek() {
    if (at >= text.length()) {
      throw wrong("more text");
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw wrong("'" + wanted + "'");
    }
    at++;
  }

  private IllegalArgumentException wrong(String expected) {
    return new IllegalArgumentException("expected " + expected + " at offset " + at);
  }
}
