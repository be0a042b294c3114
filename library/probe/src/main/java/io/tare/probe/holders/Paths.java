package io.tare.probe.holders;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Paths from a root by fields and classes, not by objects: all orders in one list have the same path, however long the list. Both
 * dumps share the numbers of their paths, so that what lies at the end of each can be compared.
 */
final class Paths {
  static final int NONE = 0;
  private static final String THREAD = "java.lang.Thread";
  private static final int DEEPEST = 60;
  private static final int MOST = 2_000_000;

  /** One step: from where, by what (a field, a root's name), to an object of which class. */
  record Step(int from, String by, String className, Hold hold) {}

  /** How firmly the end of a path is held. */
  enum Hold {
    STRONG, SOFT
  }

  private final Map<Step, Integer> numbers = new HashMap<>();
  private final List<Step> steps = new ArrayList<>(List.of(new Step(NONE, "", "", Hold.STRONG)));
  private final List<Integer> depths = new ArrayList<>(List.of(0));

  private final Set<String> softReferences = new HashSet<>();

  void addSoftReference(String className) {
    softReferences.add(className);
  }

  boolean isSoftReference(String className) {
    return softReferences.contains(className);
  }

  int root(String name, String className, Hold hold) {
    return number(new Step(NONE, name, className, hold));
  }

  /** The path one step on. A chain of objects of one class (a list's nodes, a tree's) is one step, however long. */
  int next(int from, String by, String className) {
    Step step = steps.get(from);
    boolean isChain = step.className.equals(className) && !className.endsWith("[]");
    return isChain || depths.get(from) == DEEPEST ? from : number(new Step(from, by, className, step.hold));
  }

  /** What only the end of this path refers to, and softly. */
  int softly(int from, String className) {
    return number(new Step(from, "soft reference", className, Hold.SOFT));
  }

  private int number(Step step) {
    Integer known = numbers.get(step);
    if (known != null) {
      return known;
    }
    if (steps.size() == MOST) {
      return step.from;
    }
    steps.add(step);
    depths.add(depths.get(step.from) + 1);
    numbers.put(step, steps.size() - 1);
    return steps.size() - 1;
  }

  int size() {
    return steps.size();
  }

  Step step(int path) {
    return steps.get(path);
  }

  /** The steps from the root to the end; a path through a static field begins there. */
  List<Step> fromRoot(int path) {
    List<Step> all = new ArrayList<>();
    for (int at = path; at != NONE; at = steps.get(at).from) {
      all.add(0, steps.get(at));
      if (steps.get(at).by.startsWith(Walk.STATIC)) {
        break;
      }
    }
    return all;
  }

  /** For people: {@code static a.b.Orders.SEEN (HashMap) → Order.lines (ArrayList) → Line}. What containers are made of inside is left out. */
  String inWords(int path) {
    List<Step> all = fromRoot(path);
    StringBuilder words = new StringBuilder(all.get(0).by);
    String shown = all.get(0).className;
    boolean isNamed = shown.equals(THREAD) || words.indexOf(Walk.STATIC) == 0;
    if (!isNamed) {
      words.append(" (").append(simple(shown)).append(')');
    }
    for (int i = 1; i < all.size(); i++) {
      Step step = all.get(i);
      if (i < all.size() - 1 && isInside(step.className)) {
        continue;
      }
      boolean isField = (all.get(i - 1).className.equals(shown) && !isContainer(shown))
          || step.by.startsWith("ThreadLocal");
      words.append(!isField && isNamed ? " (" + simple(shown) + ")" : "")
          .append(isField ? "." + step.by : " → " + simple(step.className));
      isNamed = isField;
      if (isField && step.by.contains("$") && i < all.size() - 1) {
        words.append(" (").append(simple(step.className)).append(')');
        isNamed = false;
      }
      shown = step.className;
    }
    return words.append(isNamed && !shown.equals(THREAD) ? " (" + simple(shown) + ")" : "").toString();
  }

  private static boolean isContainer(String className) {
    return className.startsWith("java.util.") || className.endsWith("[]");
  }

  private static boolean isInside(String className) {
    return className.endsWith("[]") || (className.startsWith("java.util.") && className.contains("$"))
        || className.startsWith("java.lang.ThreadLocal$");
  }

  static String simple(String className) {
    return className.startsWith("java.") ? className.substring(className.lastIndexOf('.') + 1) : className;
  }

  /** Objects and bytes at the end of each path, of one dump. */
  static final class Counts {
    private long[] objects = new long[1024];
    private long[] bytes = new long[1024];

    void add(int path, long objectBytes) {
      if (path >= objects.length) {
        int room = Math.max(path + 1, objects.length * 2);
        objects = Arrays.copyOf(objects, room);
        bytes = Arrays.copyOf(bytes, room);
      }
      objects[path]++;
      bytes[path] += objectBytes;
    }

    long objects(int path) {
      return path < objects.length ? objects[path] : 0;
    }

    long bytes(int path) {
      return path < bytes.length ? bytes[path] : 0;
    }
  }
}
