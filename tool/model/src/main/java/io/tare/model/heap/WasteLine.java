package io.tare.model.heap;

/**
 * Bytes that the program could have back without losing anything.
 *
 * @param kind {@code duplicate strings}, {@code empty collections} …
 * @param what of which class, or which text
 * @param objects how many are concerned
 * @param bytes what would be returned
 */
public record WasteLine(String kind, String what, long objects, long bytes) {
  /** What can be done about it; empty if nothing is known. */
  public String remedy() {
    return switch (kind) {
      case "duplicate strings", "duplicate string" ->
        "-XX:+UseStringDeduplication, or one instance from a map of those known";
      case "duplicate arrays" -> "keep one and share it, if nobody writes to it";
      case "repeated boxed numbers" -> "valueOf instead of new; arrays or collections of primitive numbers";
      case "empty collections" -> "make them when the first element comes, or share List.of() and Map.of()";
      case "collections of one element" -> "List.of, Map.of or a field; or give the capacity when they are made";
      case "sparse arrays", "over-long arrays" ->
        "give the capacity when they are made, or trimToSize() once they are full";
      case "arrays of zeros" -> "make them when the first value comes";
      case "arrays of length 0" -> "share one empty array";
      case "duplicate classes" ->
        "load them by a loader that is the parent of all; loaders that are gone should let go";
      default -> "";
    };
  }
}
