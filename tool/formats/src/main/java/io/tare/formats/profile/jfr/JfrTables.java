package io.tare.formats.profile.jfr;

import io.tare.formats.NotThisFormat;
import io.tare.formats.profile.jfr.JfrTypes.JfrType;
import io.tare.model.profile.Profile.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables of one chunk, to which its events refer: methods, classes, threads; stacks are apart. The others are passed over. */
final class JfrTables {
  private static final int MOST_TABLES = 100_000;
  private static final Pattern LIBRARY = Pattern.compile("\\.so(\\.[0-9]+)*$");
  private static final Pattern HIDDEN = Pattern.compile("[.+]0x[0-9a-f]+$");

  private final JfrTypes types;
  /** By the type's id. */
  private final Map<Long, JfrTable> tables = new HashMap<>();

  JfrTables(JfrTypes types) {
    this.types = types;
  }

  /** The entries of this type are asked after, and so is all to which they refer. */
  void want(long type) {
    Deque<Long> wanted = new ArrayDeque<>(Set.of(type, types.textType()));
    while (!wanted.isEmpty()) {
      long next = wanted.remove();
      JfrType known = types.type(next);
      if (known != null && !tables.containsKey(next)) {
        JfrTable table = new JfrTable(types, known);
        tables.put(next, table);
        wanted.addAll(table.referred());
      }
    }
  }

  /** Reads the tables that are {@code first} bytes behind the chunk's beginning, and those to which each refers. */
  void read(JfrInput in, long chunk, long first, long end, JfrFrames frames) throws NotThisFormat {
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
      int count = in.count();
      for (int i = 0; i < count; i++) {
        long type = in.number();
        int entries = in.count();
        JfrTable table = tables.get(type);
        if (frames.isOf(type)) {
          frames.read(in, entries);
        } else if (table != null) {
          table.read(in, entries);
        } else {
          for (int entry = 0; entry < entries; entry++) {
            in.number();
            types.passValue(in, type);
          }
        }
      }
      at += toNext;
    }
  }

  /** What a member of an entry says, as a text: in its place, of the table of texts, or of an entry that is or begins with one. */
  private String text(long type, long id, String member) {
    JfrTable table = tables.get(type);
    if (table == null) {
      return "";
    }
    return inPlace(table.isText(member)
        ? table.text(id, member)
        : text(tables.get(table.typeOf(member)), table.reference(id, member)));
  }

  private static String text(@Nullable JfrTable table, long id) {
    return table == null ? "" : table.text(id, "");
  }

  /** A text, or the one in the table of texts that it refers to. */
  private String inPlace(String text) {
    if (!text.startsWith("\0")) {
      return text;
    }
    String found = text(tables.get(types.textType()), Long.parseLong(text.substring(1)));
    return found.startsWith("\0") ? "" : found;
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

  /** What an entry of a method or of an old object is of. */
  String classOf(long type, long id) {
    JfrTable table = tables.get(type);
    return table == null ? "" : className(table.typeOf("type"), table.reference(id, "type"));
  }

  String threadName(long type, long id) {
    String java = text(type, id, "javaName");
    return java.isEmpty() ? text(type, id, "osName") : java;
  }

  /** Functions of a library, which async-profiler has too, have no file; it is the outermost class's, also where a hidden one is made of it. */
  Frame frame(long methodType, long method, long line) {
    String owner = classOf(methodType, method);
    String name = text(methodType, method, "name");
    if (owner.isEmpty()) {
      return new Frame(name.isEmpty() ? "not told" : name, "", 0);
    }
    if (LIBRARY.matcher(owner).find()) {
      return new Frame(owner + "." + name, "", 0);
    }
    String shown = HIDDEN.matcher(owner).replaceFirst("");
    String simple = shown.substring(shown.lastIndexOf('.') + 1);
    int inner = simple.indexOf('$', 1);
    return new Frame(owner + "." + name, (inner < 0 ? simple : simple.substring(0, inner)) + ".java", line);
  }
}
