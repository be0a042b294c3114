package io.tare.heap.index;

/** Turns the VM's names ({@code java/lang/String}, {@code [I}) into those of the source. */
final class ClassName {
  private ClassName() {}

  static String of(String internal) {
    int dimensions = 0;
    while (dimensions < internal.length() && internal.charAt(dimensions) == '[') {
      dimensions++;
    }
    String element = internal.substring(dimensions);
    return (dimensions == 0 ? dotted(element) : element(element)) + "[]".repeat(dimensions);
  }

  private static String element(String descriptor) {
    return switch (descriptor) {
      case "Z" -> "boolean";
      case "C" -> "char";
      case "F" -> "float";
      case "D" -> "double";
      case "B" -> "byte";
      case "S" -> "short";
      case "I" -> "int";
      case "J" -> "long";
      default -> descriptor.startsWith("L") && descriptor.endsWith(";")
          ? dotted(descriptor.substring(1, descriptor.length() - 1))
          : dotted(descriptor);
    };
  }

  /** The part behind the last slash of a hidden class is an address and stays. */
  private static String dotted(String name) {
    int hidden = name.indexOf("/0x");
    return hidden < 0 ? name.replace('/', '.') : name.substring(0, hidden).replace('/', '.') + name.substring(hidden);
  }
}
