package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import io.tare.model.profile.Profile.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tables of one chunk, to which its events refer: stacks, methods, classes, threads. */
final class JfrTables {
  private static final int MOST_TABLES = 100_000;
  private static final int DEEPEST_STACK = 2048;

  private final JfrTypes types;
  /** By the type's id, then by the entry's. */
  private final Map<Long, Map<Long, Object>> tables = new HashMap<>();
  private final Map<Long, List<Frame>> stacks = new HashMap<>();
  private final Map<Frame, Frame> frames = new HashMap<>();

  private JfrTables(JfrTypes types) {
    this.types = types;
  }

  /** Reads the table that is {@code first} bytes behind the chunk's beginning, and those to which each refers. */
  static JfrTables read(JfrInput in, JfrTypes types, long chunk, long first, long end) throws NotThisFormat {
    JfrTables tables = new JfrTables(types);
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
      Map<Long, Object> table = tables.computeIfAbsent(type, added -> new HashMap<>());
      for (int entry = 0; entry < entries; entry++) {
        long id = in.number();
        table.put(id, types.value(type, 0));
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
    return readable(text(type, id, "name"));
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
    String java = text(type, id, "javaName");
    return java.isEmpty() ? text(type, id, "osName") : java;
  }

  List<Frame> stack(long type, long id) {
    return stacks.computeIfAbsent(id, added -> frames(type, added));
  }

  private List<Frame> frames(long type, long id) {
    List<Frame> stack = new ArrayList<>();
    JfrType frame = types.type(typeOf(type, "frames"));
    if (frame != null && member(type, id, "frames") instanceof List<?> all && frame.indexOf("method").isPresent()) {
      int method = frame.indexOf("method").getAsInt();
      int line = frame.indexOf("lineNumber").orElse(-1);
      for (Object one : all.subList(0, Math.min(all.size(), DEEPEST_STACK))) {
        if (one instanceof List<?> values && values.get(method) instanceof Long reference) {
          Frame made = frame(frame.fields().get(method).type(), reference,
              line >= 0 && values.get(line) instanceof Long number ? Math.max(0, number.intValue()) : 0);
          stack.add(frames.computeIfAbsent(made, added -> added));
        }
      }
    }
    return stack.isEmpty() ? List.of(new Frame("not told", "", 0)) : stack;
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
