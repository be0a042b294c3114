package io.tare.trial;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * One thing that is varied, and the values that it takes.
 *
 * @param name {@code GOGC}, {@code -Xmx}, {@code jvm}, {@code limit}, {@code preload}, or a placeholder of the command
 * @param values in the order in which they were given; an empty one leaves things as they are
 */
public record Variation(String name, List<String> values) {
  /** Whole JVM options as values: {@code jvm=-XX:+UseG1GC,-XX:+UseZGC}. */
  static final String JVM = "jvm";
  /** The memory limit of a container: {@code limit=512m,1g}. */
  static final String LIMIT = "limit";
  /** A library that is loaded before all others, such as another malloc: {@code preload=,/usr/lib/libjemalloc.so.2}. */
  static final String PRELOAD = "preload";

  private static final int MOST_VALUES = 64;

  public Variation {
    values = List.copyOf(values);
  }

  /** Reads {@code NAME=V1,V2,…}; a comma within a value is written {@code \,}. */
  public static Variation parse(String text) throws WrongVariation {
    int equals = text.indexOf('=');
    // An option of the JVM may hold an equals sign itself: -XX:MaxRAMPercentage=50,75 varies -XX:MaxRAMPercentage.
    if (equals <= 0) {
      throw new WrongVariation("'" + text + "' varies nothing: NAME=VALUE1,VALUE2 is meant, as in GOGC=50,100");
    }
    List<String> values = split(text.substring(equals + 1));
    if (values.size() < 2) {
      throw new WrongVariation("'" + text + "' has one value: at least two are needed to compare, as in "
          + text.substring(0, equals) + "=," + values.getFirst() + " (the empty one leaves things as they are)");
    }
    if (values.size() > MOST_VALUES) {
      throw new WrongVariation("'" + text.substring(0, equals) + "' has " + values.size() + " values; at most "
          + MOST_VALUES + " can be compared");
    }
    if (new LinkedHashSet<>(values).size() < values.size()) {
      throw new WrongVariation("'" + text + "' names a value twice");
    }
    return new Variation(text.substring(0, equals), values);
  }

  private static List<String> split(String list) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '\\' && i + 1 < list.length() && list.charAt(i + 1) == ',') {
        value.append(',');
        i++;
      } else if (c == ',') {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    values.add(value.toString());
    return values;
  }

  boolean isJvmOption() {
    return name.startsWith("-");
  }

  String placeholder() {
    return "{" + name + "}";
  }

  /** In words: {@code GOGC=50}; of whole options the option itself. */
  String words(String value) {
    if (name.equals(JVM)) {
      return value.isEmpty() ? "no option" : value;
    }
    return value.isEmpty() ? name + " as it is" : name + (takesNoEquals() ? "" : "=") + value;
  }

  /** {@code -Xmx512m}, {@code -XX:MaxRAMPercentage=50}, {@code -Dname=value}. */
  String jvmOption(String value) {
    return name.equals(JVM) ? value : name + (takesNoEquals() ? "" : "=") + value;
  }

  private boolean takesNoEquals() {
    return name.matches("-X(mx|ms|mn|ss)");
  }

  /** What was asked for can't be varied; the message says what is meant. */
  public static final class WrongVariation extends Exception {
    private static final long serialVersionUID = 1;

    public WrongVariation(String message) {
      super(message);
    }
  }
}
