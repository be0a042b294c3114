package io.tare.heap.lookup;

import io.tare.heap.index.Classes;
import io.tare.heap.index.HeapClass;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds classes by name or pattern, and what somebody may have meant by a name that no class has. */
public final class ClassSearch {
  private static final int MOST_HINTS = 4;

  private ClassSearch() {}

  /** Classes with that name; several if several loaders have loaded it. */
  public static List<HeapClass> named(Classes classes, String name) {
    String written = asWritten(name);
    return classes.all().stream().filter(heapClass -> heapClass.name().equals(written)).toList();
  }

  /** A hidden class: {@code Plan/0x7f3a01c0} in the language of Java, {@code Plan+0x7f3a01c0} in a dump. */
  public static String asWritten(String name) {
    return name.replace("/0x", "+0x");
  }

  /** Classes whose names fit: {@code *} stands for any characters, {@code ?} for one. */
  public static List<HeapClass> fitting(Classes classes, String pattern) {
    if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
      return named(classes, pattern);
    }
    String regex = pattern.codePoints()
        .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
        .collect(Collectors.joining());
    Pattern compiled = Pattern.compile(regex, Pattern.DOTALL);
    return classes.all().stream().filter(heapClass -> compiled.matcher(heapClass.name()).matches()).toList();
  }

  /** {@code  Did you mean java.lang.String?}, or nothing. */
  public static String hint(Classes classes, String name) {
    String wanted = simple(name).toLowerCase(Locale.ROOT);
    List<String> close = classes.all().stream().map(HeapClass::name).distinct()
        .filter(other -> simple(other).toLowerCase(Locale.ROOT).contains(wanted))
        .sorted(Comparator.comparingInt((String other) -> simple(other).length()).thenComparing(other -> other))
        .limit(MOST_HINTS).toList();
    return close.isEmpty() ? "" : " Did you mean " + String.join(", ", close) + "?";
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
