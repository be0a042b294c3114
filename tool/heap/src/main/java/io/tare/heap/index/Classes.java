package io.tare.heap.index;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.Outline;
import io.tare.heap.index.HeapClass.ClassName;
import io.tare.heap.store.LongIntMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All classes of the dump, by number, by address and by name; primitive arrays have classes too, invented if need be. */
public final class Classes {
  private final List<HeapClass> all;
  private final LongIntMap byId;
  private final int[] ofPrimitiveArray;
  private final Map<Long, ClassDump> dumps;
  private final Map<Integer, Integer> byNode;

  Classes(List<HeapClass> all, LongIntMap byId, int[] ofPrimitiveArray, Map<Long, ClassDump> dumps) {
    this.all = List.copyOf(all);
    this.byId = byId;
    this.ofPrimitiveArray = ofPrimitiveArray;
    this.dumps = dumps;
    this.byNode = new java.util.HashMap<>();
    for (HeapClass heapClass : all) {
      if (heapClass.node() != 0) {
        byNode.put(heapClass.node(), heapClass.number());
      }
    }
  }

  /** Classes of which nothing is known but their names: a dump tells them before any of its objects is looked at. */
  public static Classes namesOnly(Outline outline) {
    List<HeapClass> all = new ArrayList<>();
    Stream<String> told = outline.classNames().values().stream().map(name -> ClassName.of(outline.names().get(name)));
    Stream<String> invented = IntStream.range(BasicType.BOOLEAN, BasicType.COUNT).mapToObj(BasicType::arrayName);
    Stream.concat(told, invented).distinct().sorted().forEach(name -> all.add(new HeapClass(all.size(), 0, 0, name, -1,
        0, HeapClass.Kind.PLAIN, List.of(), new HeapClass.Offsets(new int[0]), 0)));
    return new Classes(all, new LongIntMap(), new int[0], Map.of());
  }

  public int count() {
    return all.size();
  }

  public HeapClass get(int number) {
    return all.get(number);
  }

  public List<HeapClass> all() {
    return all;
  }

  /** The number of the class with this address; -1 if unknown. */
  public int find(long id) {
    return byId.getOrDefault(id, -1);
  }

  public int ofPrimitiveArray(int type) {
    return ofPrimitiveArray[type];
  }

  /** The class whose {@code java.lang.Class} object has this number. */
  public Optional<HeapClass> ofNode(int node) {
    Integer number = byNode.get(node);
    return number == null ? Optional.empty() : Optional.of(all.get(number));
  }

  public Optional<HeapClass> named(String name) {
    return all.stream().filter(heapClass -> heapClass.name().equals(name)).findFirst();
  }

  /** What the dump says of a class: its static fields, its loader's belongings. */
  public Optional<ClassDump> dump(HeapClass heapClass) {
    return Optional.ofNullable(dumps.get(heapClass.id()));
  }

  public boolean isA(HeapClass heapClass, String ancestor) {
    HeapClass at = heapClass;
    for (int depth = 0; depth < all.size(); depth++) {
      if (at.name().equals(ancestor)) {
        return true;
      }
      if (at.superNumber() < 0) {
        return false;
      }
      at = all.get(at.superNumber());
    }
    return false;
  }

  static boolean isPrimitiveArray(String name) {
    for (int type = BasicType.BOOLEAN; type < BasicType.COUNT; type++) {
      if (name.equals(BasicType.arrayName(type))) {
        return true;
      }
    }
    return false;
  }

  /** Finds classes by name or pattern, and what somebody may have meant by a name that no class has. */
  public static final class ClassSearch {
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
}
