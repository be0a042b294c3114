package io.tare.probe.jvm;

/** Class names as people write them. */
public final class ClassNames {
  private ClassNames() {}

  /** {@code [B} becomes {@code byte[]}, {@code [Ljava.lang.String;} becomes {@code java.lang.String[]}. */
  public static String readable(String name) {
    int dimensions = 0;
    while (dimensions < name.length() && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    if (dimensions == 0) {
      return name;
    }
    String element = name.substring(dimensions);
    String readable = switch (element) {
      case "B" -> "byte";
      case "C" -> "char";
      case "D" -> "double";
      case "F" -> "float";
      case "I" -> "int";
      case "J" -> "long";
      case "S" -> "short";
      case "Z" -> "boolean";
      default ->
        element.startsWith("L") && element.endsWith(";") ? element.substring(1, element.length() - 1) : element;
    };
    return readable + "[]".repeat(dimensions);
  }
}
