package io.tare.heap.query;

import io.tare.heap.query.Expression.Operator;
import io.tare.heap.query.Values.Comparison;
import io.tare.model.heap.HeapValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The methods that need no code of the program: those of texts, arrays and lists. Their names are Java's and Eclipse MAT's. */
enum KnownMethod {
  STARTS_WITH("startsWith", 1, 1),
  ENDS_WITH("endsWith", 1, 1),
  CONTAINS("contains", 1, 1),
  EQUALS("equals", 1,
      1),
  EQUALS_IGNORE_CASE("equalsIgnoreCase", 1, 1),
  MATCHES("matches", 1, 1),
  INDEX_OF("indexOf", 1,
      1),
  LAST_INDEX_OF("lastIndexOf", 1, 1),
  LENGTH("length", 0, 0),
  IS_EMPTY("isEmpty", 0, 0),
  SUBSTRING(
      "substring", 1, 2),
  CHAR_AT("charAt", 1, 1),
  TO_LOWER_CASE("toLowerCase", 0,
      0),
  TO_UPPER_CASE("toUpperCase", 0, 0),
  TRIM("trim", 0, 0),
  CONCAT("concat", 1, 1),
  REPLACE("replace",
      2, 2),
  SIZE("size", 0, 0),
  GET("get", 1, 1),
  GET_VALUE_AT("getValueAt", 1,
      1),
  GET_REFERENCE_ARRAY("getReferenceArray", 0,
      2),
  HAS_SUPER_CLASS("hasSuperClass", 0, 0),
  GET_FIELD("getField", 1, 1);

  private final String method;
  private final int fewest;
  private final int most;

  KnownMethod(String method, int fewest, int most) {
    this.method = method;
    this.fewest = fewest;
    this.most = most;
  }

  int fewest() {
    return fewest;
  }

  int most() {
    return most;
  }

  static Optional<KnownMethod> named(String name) {
    return Arrays.stream(values()).filter(known -> known.method.equals(name)).findFirst();
  }

  static List<String> allNames() {
    return Arrays.stream(values()).map(known -> known.method).toList();
  }

  /** Whether it asks for the text of what it is called on. */
  boolean readsText() {
    return switch (this) {
      case SIZE, GET, GET_VALUE_AT, GET_REFERENCE_ARRAY, HAS_SUPER_CLASS, GET_FIELD -> false;
      default -> true;
    };
  }

  /** The result for a text; null if there is none, such as a place behind its end. */
  HeapValue ofText(String text, List<HeapValue> arguments, Comparison comparison) {
    String other = arguments.isEmpty() ? null : comparison.text(arguments.getFirst()).orElse(null);
    return switch (this) {
      case STARTS_WITH -> flag(other != null && text.startsWith(other));
      case ENDS_WITH -> flag(other != null && text.endsWith(other));
      case CONTAINS -> flag(other != null && text.contains(other));
      case EQUALS -> flag(text.equals(other));
      case EQUALS_IGNORE_CASE -> flag(text.equalsIgnoreCase(other));
      case INDEX_OF -> other == null ? HeapValue.NOTHING : new HeapValue.Whole(text.indexOf(other));
      case LAST_INDEX_OF -> other == null ? HeapValue.NOTHING : new HeapValue.Whole(text.lastIndexOf(other));
      case LENGTH -> new HeapValue.Whole(text.length());
      case IS_EMPTY -> flag(text.isEmpty());
      case SUBSTRING -> part(text, number(arguments, 0), arguments.size() > 1 ? number(arguments, 1) : text.length());
      case CHAR_AT -> part(text, number(arguments, 0), number(arguments, 0) + 1);
      case TO_LOWER_CASE -> new HeapValue.Text(text.toLowerCase(Locale.ROOT));
      case TO_UPPER_CASE -> new HeapValue.Text(text.toUpperCase(Locale.ROOT));
      case TRIM -> new HeapValue.Text(text.strip());
      case CONCAT -> other == null ? HeapValue.NOTHING : new HeapValue.Text(text + other);
      case REPLACE -> replaced(text, other, comparison.text(arguments.get(1)).orElse(null));
      default -> HeapValue.NOTHING;
    };
  }

  private static HeapValue replaced(String text, @Nullable String what, @Nullable String by) {
    boolean possible = what != null && by != null && !what.isEmpty();
    return possible && text.length() <= Values.Texts.LONGEST
        ? new HeapValue.Text(text.replace(what, by))
        : HeapValue.NOTHING;
  }

  private static HeapValue flag(boolean value) {
    return new HeapValue.Flag(value);
  }

  private static HeapValue part(String text, long from, long to) {
    return 0 <= from && from <= to && to <= text.length()
        ? new HeapValue.Text(text.substring((int) from, (int) to))
        : HeapValue.NOTHING;
  }

  /** -1, which is no place in a text, for what is no whole number. */
  private static long number(List<HeapValue> arguments, int at) {
    return arguments.get(at) instanceof HeapValue.Whole(long number) ? number : -1;
  }

  /** {@code equals} of what is no text. */
  static HeapValue equal(HeapValue left, HeapValue right, Comparison comparison) {
    return new HeapValue.Flag(comparison.holds(Operator.EQUAL, left, right));
  }
}
