package io.tare.formats.facts;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.Parsed;
import io.tare.formats.ProblemList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One line of an artefact that Tare wrote: {@code thread tid=4711 name=worker%203 start=7f00a000}. Blanks, line ends, {@code %}
 * and {@code =} in values are written as {@code %20} and so on; addresses are hexadecimal without a prefix.
 */
public record Fact(String word, Map<String, String> values) {
  public Fact {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A fact of alternating keys and values. */
  public static Fact of(String word, Object... keysAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i].toString(), keysAndValues[i + 1].toString());
    }
    return new Fact(word, values);
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key));
  }

  public OptionalLong number(String key) {
    return parse(key, 10);
  }

  /** A hexadecimal value. */
  public OptionalLong address(String key) {
    return parse(key, 16);
  }

  private OptionalLong parse(String key, int radix) {
    String value = values.get(key);
    try {
      if (value == null) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(radix == 16 ? Long.parseUnsignedLong(value, 16) : Long.parseLong(value));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }

  /** The fact as its line, without the line's end. */
  public String line() {
    StringBuilder line = new StringBuilder(word);
    values.forEach((key, value) -> escape(value, line.append(' ').append(key).append('=')));
    return line.toString();
  }

  /** All facts of a text; lines that are none become problems. */
  public static Parsed<List<Fact>> parseAll(String artifact, String text, ParseLimits limits) throws NotThisFormat {
    if (text.indexOf('\0') >= 0) {
      throw new NotThisFormat(artifact + " is binary, not lines of facts");
    }
    ProblemList problems = new ProblemList(artifact, limits);
    List<Fact> facts = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (facts.size() >= limits.items()) {
        problems.add("line " + number, "more than " + limits.items() + " lines: the rest is left out");
        break;
      }
      if (!line.isBlank()) {
        facts.add(parseLine(line, "line " + number, problems));
      }
    }
    return new Parsed<>(List.copyOf(facts), problems.toList());
  }

  private static Fact parseLine(String line, String where, ProblemList problems) {
    String[] words = line.strip().split(" +");
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals <= 0) {
        problems.add(where, "expected 'key=value' but found '" + words[i] + "'");
      } else {
        values.put(words[i].substring(0, equals), unescape(words[i].substring(equals + 1)));
      }
    }
    return new Fact(words[0], values);
  }

  private static void escape(String value, StringBuilder into) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c == '%' || c == '=' || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
        into.append(c < 0x100 ? String.format("%%%02x", (int) c) : "%20");
      } else {
        into.append(c);
      }
    }
  }

  private static String unescape(String value) {
    int percent = value.indexOf('%');
    if (percent < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '%' && i + 2 < value.length() && isHex(value.charAt(i + 1)) && isHex(value.charAt(i + 2))) {
        plain.append((char) Integer.parseInt(value.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static boolean isHex(char c) {
    return Character.digit(c, 16) >= 0;
  }
}
