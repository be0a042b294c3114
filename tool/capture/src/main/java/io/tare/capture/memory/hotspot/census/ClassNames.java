package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap.JavaClass;
import io.tare.capture.memory.hotspot.census.PartCount.Sum;
import io.tare.model.profile.TypeCensus.TypeCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes by the names that a programmer gives them: {@code java.lang.String[]} for {@code [Ljava/lang/String;}. */
final class ClassNames {
  private ClassNames() {}

  /** What was counted, by name, the heaviest first: classes of several loaders that have one name are one. */
  static List<TypeCount> counts(List<JavaClass> classes, Sum sum) {
    Map<String, TypeCount> byName = new HashMap<>();
    for (int number = 0; number < classes.size(); number++) {
      if (sum.objects(number) != 0) {
        TypeCount count = new TypeCount(readable(classes.get(number).name()), "", sum.objects(number),
            sum.bytes(number));
        byName.merge(count.name(), count, (one, other) -> new TypeCount(one.name(), "", one.objects() + other.objects(),
            one.bytes() + other.bytes()));
      }
    }
    List<TypeCount> counts = new ArrayList<>(byName.values());
    counts.sort(Comparator.comparingLong(TypeCount::bytes).reversed().thenComparing(TypeCount::name));
    return counts;
  }

  static String readable(String name) {
    int dimensions = 0;
    while (dimensions < name.length() - 1 && name.charAt(dimensions) == '[') {
      dimensions++;
    }
    String element = name.substring(dimensions);
    boolean isClass = dimensions == 0 || (element.startsWith("L") && element.endsWith(";"));
    String plain = dimensions == 0
        ? element
        : isClass ? element.substring(1, element.length() - 1) : primitive(element);
    return plain.replace('/', '.') + "[]".repeat(dimensions);
  }

  private static String primitive(String letter) {
    return switch (letter) {
      case "B" -> "byte";
      case "C" -> "char";
      case "D" -> "double";
      case "F" -> "float";
      case "I" -> "int";
      case "J" -> "long";
      case "S" -> "short";
      case "Z" -> "boolean";
      default -> letter;
    };
  }
}
