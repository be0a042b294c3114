package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import io.tare.model.profile.Profile.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of one chunk, to which its events refer: stacks, methods, classes, threads. */
final class JfrTables {
  private static final int MOST_TABLES = 100_000;
  private static final int DEEPEST_STACK = 2048;
  private static final long[] NO_FRAMES = {};

  private final JfrTypes types;
  /** By the type's id, then by the entry's. */
  private final Map<Long, Map<Long, Object>> tables = new HashMap<>();
  /** By the type's id, then by the stack's: the method and the line of each frame. */
  private final Map<Long, Map<Long, long[]>> stacks = new HashMap<>();
  private final JfrStacks all;
  private final Map<Long, Integer> numbers = new HashMap<>();
  private final Map<Place, Integer> places = new HashMap<>();
  private final Map<Entry, String> classNames = new HashMap<>();
  private final Map<Entry, String> threadNames = new HashMap<>();

  private JfrTables(JfrTypes types, JfrStacks all) {
    this.types = types;
    this.all = all;
  }

  private record Place(long method, long line) {}

  private record Entry(long type, long id) {}

  /** Reads the table that is {@code first} bytes behind the chunk's beginning, and those to which each refers. */
  static JfrTables read(JfrInput in, JfrTypes types, JfrStacks all, long chunk, long first, long end)
      throws NotThisFormat {
    JfrTables tables = new JfrTables(types, all);
    Set<Long> seen = new HashSet<>();
    for (long at = chunk + first; seen.add(at) && seen.size() < MOST_TABLES;) {
      in.go(at, end);
      in.number();
      if (in.number() != 1) {
        throw in.torn();
      }
      in.number();
      in.number();
      long toNext = in.number();
      in.oneByte();
      tables.read(in);
      at += toNext;
    }
    return tables;
  }

  private void read(JfrInput in) throws NotThisFormat {
    int count = in.count();
    for (int i = 0; i < count; i++) {
      long type = in.number();
      int entries = in.count();
      if (isOfStacks(type)) {
        stacks(in, type, entries);
        continue;
      }
      Map<Long, Object> table = tables.computeIfAbsent(type, added -> new HashMap<>());
      for (int entry = 0; entry < entries; entry++) {
        long id = in.number();
        table.put(id, types.value(type, 0));
      }
    }
  }

  /** Stacks are by far the most of a recording; their frames are a few numbers each. */
  private boolean isOfStacks(long type) {
    JfrType known = types.type(type);
    JfrType frame = types.type(typeOf(type, "frames"));
    return known != null && frame != null && known.fields().get(known.indexOf("frames").orElseThrow()).isArray()
        && !frame.fields().isEmpty() && frame.fields().stream().allMatch(types::isNumber)
        && frame.indexOf("method").isPresent();
  }

  private void stacks(JfrInput in, long type, int entries) throws NotThisFormat {
    JfrType known = Objects.requireNonNull(types.type(type));
    JfrType frame = Objects.requireNonNull(types.type(typeOf(type, "frames")));
    int frames = known.indexOf("frames").orElseThrow();
    int method = frame.indexOf("method").orElseThrow();
    int line = frame.indexOf("lineNumber").orElse(-1);
    int members = frame.fields().size();
    Map<Long, long[]> table = stacks.computeIfAbsent(type, added -> new HashMap<>());
    for (int entry = 0; entry < entries; entry++) {
      long id = in.number();
      for (int i = 0; i < known.fields().size(); i++) {
        if (i != frames) {
          types.field(known.fields().get(i), 0);
          continue;
        }
        int count = in.count();
        long[] stack = new long[2 * Math.min(count, DEEPEST_STACK)];
        for (int at = 0; at < count; at++) {
          for (int member = 0; member < members; member++) {
            long number = in.number();
            if (at < DEEPEST_STACK && (member == method || member == line)) {
              stack[member == method ? 2 * at : 2 * at + 1] = number;
            }
          }
        }
        table.put(id, stack);
      }
    }
  }

  /** One member of an entry of a table; null when there is none. */
  private @Nullable Object member(long type, long id, String member) {
    JfrType known = types.type(type);
    Object entry = tables.getOrDefault(type, Map.of()).get(id);
    return known != null && entry instanceof List<?> values && known.indexOf(member).isPresent()
        ? values.get(known.indexOf(member).getAsInt())
        : null;
  }

  /** What a member of an entry refers to, as a text: a symbol, a text of a table, or a text itself. */
  private String text(long type, long id, String member) {
    JfrType known = types.type(type);
    Object value = member(type, id, member);
    if (value instanceof String text) {
      return inPlace(text);
    }
    if (known == null || !(value instanceof Long reference)) {
      return "";
    }
    long table = known.fields().get(known.indexOf(member).orElseThrow()).type();
    Object entry = tables.getOrDefault(table, Map.of()).get(reference);
    return entry instanceof String text
        ? inPlace(text)
        : entry instanceof List<?> values && !values.isEmpty() && values.getFirst() instanceof String text
            ? inPlace(text)
            : "";
  }

  /** A text, or the one in the table of texts that it refers to. */
  private String inPlace(String text) {
    if (!text.startsWith("\0")) {
      return text;
    }
    Object entry = tables.getOrDefault(types.texts(), Map.of()).get(Long.parseLong(text.substring(1)));
    return entry instanceof String found && !found.startsWith("\0") ? found : "";
  }

  private long reference(long type, long id, String member) {
    return member(type, id, member) instanceof Long reference ? reference : 0;
  }

  private long typeOf(long type, String member) {
    JfrType known = types.type(type);
    return known == null || known.indexOf(member).isEmpty()
        ? 0
        : known.fields().get(known.indexOf(member).getAsInt()).type();
  }

  /** {@code java.lang.String[]}. */
  String className(long type, long id) {
    return classNames.computeIfAbsent(new Entry(type, id), added -> readable(text(added.type(), added.id(), "name")));
  }

  static String readable(String name) {
    int depth = 0;
    while (depth < name.length() && name.charAt(depth) == '[') {
      depth++;
    }
    String element = name.substring(depth);
    if (depth > 0) {
      element = switch (element) {
        case "Z" -> "boolean";
        case "B" -> "byte";
        case "C" -> "char";
        case "S" -> "short";
        case "I" -> "int";
        case "J" -> "long";
        case "F" -> "float";
        case "D" -> "double";
        default -> element.startsWith("L") && element.endsWith(";")
            ? element.substring(1, element.length() - 1)
            : element;
      };
    }
    return element.replace('/', '.') + "[]".repeat(Math.min(depth, 255));
  }

  /** What an object in the table of old objects is of. */
  String classOfOldObject(long type, long id) {
    return className(typeOf(type, "type"), reference(type, id, "type"));
  }

  String threadName(long type, long id) {
    return threadNames.computeIfAbsent(new Entry(type, id), added -> {
      String java = text(added.type(), added.id(), "javaName");
      return java.isEmpty() ? text(added.type(), added.id(), "osName") : java;
    });
  }

  /** The stack's number among those of all chunks. */
  int stack(long type, long id) {
    return numbers.computeIfAbsent(id, added -> all.stack(places(type, added)));
  }

  private int[] places(long type, long id) {
    long[] stack = stacks.getOrDefault(type, Map.of()).getOrDefault(id, NO_FRAMES);
    JfrType frame = types.type(typeOf(type, "frames"));
    if (stack.length == 0 || frame == null) {
      return new int[] {all.frame(new Frame("not told", "", 0))};
    }
    long methods = frame.fields().get(frame.indexOf("method").orElseThrow()).type();
    int[] frames = new int[stack.length / 2];
    for (int i = 0; i < frames.length; i++) {
      Place place = new Place(stack[2 * i], Math.max(0, (int) stack[2 * i + 1]));
      frames[i] = places.computeIfAbsent(place, added -> all.frame(frame(methods, added.method(), added.line())));
    }
    return frames;
  }

  /** Native functions, which async-profiler has too, have no class. */
  private Frame frame(long methodType, long method, long line) {
    String owner = className(typeOf(methodType, "type"), reference(methodType, method, "type"));
    String name = text(methodType, method, "name");
    if (owner.isEmpty()) {
      return new Frame(name.isEmpty() ? "not told" : name, "", 0);
    }
    String simple = owner.substring(owner.lastIndexOf('.') + 1);
    int inner = simple.indexOf('$', 1);
    return new Frame(owner + "." + name, (inner < 0 ? simple : simple.substring(0, inner)) + ".java", line);
  }
}
