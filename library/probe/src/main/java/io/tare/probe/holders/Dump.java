package io.tare.probe.holders;

import io.tare.probe.jvm.ClassNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A heap dump that this very JVM has just written (HPROF 1.0.2), mapped: its classes, its roots, and where each object stands.
 * Contents of objects are read from the file when they are asked for.
 */
final class Dump {
  static final int OBJECT = 2;
  private static final int[] TYPE_BYTES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};
  private static final int HEADER_BYTES = 16;

  /** A class: fields that refer to objects, with their place in an instance; static ones with what they refer to. */
  record Type(String name, long id, long superId, long loaderId, int instanceBytes, Fields own, List<Static> statics) {}

  /** What a class itself adds to an instance. */
  record Fields(List<Field> references, int bytes) {}

  /** A field that refers to an object. */
  record Field(String name, int at) {}

  /** A static field that refers to an object. */
  record Static(String name, long targetId) {}

  /** A root: what kind of root in HPROF's numbers, the object, and of a stack the thread and the frame. */
  record Root(int kind, long id, int thread, int frame) {}

  private record Frame(String method, int classSerial) {}

  private final ByteBuffer bytes;
  private final Map<Long, String> texts = new HashMap<>();
  private final Map<Integer, String> classNameBySerial = new HashMap<>();
  private final Map<Long, String> classNames = new HashMap<>();
  private final Map<Long, Frame> frames = new HashMap<>();
  private final Map<Integer, long[]> framesOfTrace = new HashMap<>();
  private final Map<Integer, Integer> traceOfThread = new HashMap<>();
  private final Map<Integer, Long> threadIds = new HashMap<>();
  private final Map<Long, Type> types = new HashMap<>();
  private final Map<Long, List<Field>> fieldsOfAll = new HashMap<>();
  private final List<Root> roots = new ArrayList<>();
  private long[] ids = new long[1 << 16];
  private int[] places = new int[1 << 16];
  private int objects;
  private int[] table = new int[0];

  private Dump(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static Dump read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException("a heap dump of " + channel.size() + " bytes is too large to be read here");
      }
      Dump dump = new Dump(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
      dump.readRecords();
      return dump;
    }
  }

  int objects() {
    return objects;
  }

  List<Root> roots() {
    return roots;
  }

  Collection<Type> types() {
    return types.values();
  }

  /** The number of the object with this address, or -1: null, or not dumped. */
  int numberOf(long id) {
    if (id == 0) {
      return -1;
    }
    int at = slot(id);
    while (table[at] != 0) {
      if (ids[table[at] - 1] == id) {
        return table[at] - 1;
      }
      at = (at + 1) & (table.length - 1);
    }
    return -1;
  }

  /** Whether the object is a class, and which; its static fields are what it refers to. */
  @Nullable
  Type asType(int object) {
    return bytes.get(places[object]) == 0x20 ? types.get(ids[object]) : null;
  }

  String className(int object) {
    int at = places[object];
    return switch (bytes.get(at)) {
      case 0x20 -> "java.lang.Class";
      case 0x21 -> name(bytes.getLong(at + 13));
      case 0x22 -> name(bytes.getLong(at + 17));
      default -> ClassNames.readable("[" + "????ZCFDBSIJ".charAt(bytes.get(at + 17)));
    };
  }

  long bytesOf(int object) {
    int at = places[object];
    return switch (bytes.get(at)) {
      case 0x20 -> 0;
      case 0x21 -> Math.max(HEADER_BYTES, instanceBytes(bytes.getLong(at + 13)));
      case 0x22 -> aligned(HEADER_BYTES + 4L * bytes.getInt(at + 13));
      default -> aligned(HEADER_BYTES + (long) TYPE_BYTES[bytes.get(at + 17)] * bytes.getInt(at + 13));
    };
  }

  private static long aligned(long size) {
    return (size + 7) & ~7L;
  }

  private int instanceBytes(long classId) {
    Type type = types.get(classId);
    return type == null ? 0 : type.instanceBytes;
  }

  /** The class of an instance; null of arrays and of classes. */
  @Nullable
  Type typeOf(int object) {
    int at = places[object];
    return bytes.get(at) == 0x21 ? types.get(bytes.getLong(at + 13)) : null;
  }

  /** What an array of objects refers to, null where it is none. */
  long @Nullable [] elements(int object) {
    int at = places[object];
    if (bytes.get(at) != 0x22) {
      return null;
    }
    long[] elements = new long[bytes.getInt(at + 13)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = bytes.getLong(at + 25 + 8 * i);
    }
    return elements;
  }

  long reference(int instance, Field field) {
    return bytes.getLong(places[instance] + 25 + field.at);
  }

  /** The address that a field of an instance holds; 0 when there is no such field. */
  long reference(int instance, String field) {
    for (Field candidate : fields(Objects.requireNonNull(typeOf(instance)))) {
      if (candidate.name.equals(field)) {
        return reference(instance, candidate);
      }
    }
    return 0;
  }

  /** All fields of an instance that refer to objects, those of its superclasses included. */
  List<Field> fields(Type type) {
    List<Field> known = fieldsOfAll.get(type.id);
    if (known != null) {
      return known;
    }
    List<Field> all = new ArrayList<>();
    int at = 0;
    for (Type each = type; each != null; each = types.get(each.superId)) {
      for (Field field : each.own.references) {
        all.add(new Field(field.name, at + field.at));
      }
      at += each.own.bytes;
    }
    fieldsOfAll.put(type.id, all);
    return all;
  }

  boolean isA(Type type, String className) {
    for (Type each = type; each != null; each = types.get(each.superId)) {
      if (each.name.equals(className)) {
        return true;
      }
    }
    return false;
  }

  /** The name of a thread by its object; empty when it can't be read. */
  String threadName(int thread) {
    Type type = typeOf(thread);
    int name = type == null ? -1 : numberOf(reference(thread, "name"));
    int array = name < 0 || typeOf(name) == null ? -1 : numberOf(reference(name, "value"));
    if (array < 0 || bytes.get(places[array]) != 0x23) {
      return "";
    }
    byte[] content = new byte[Math.min(200, bytes.getInt(places[array] + 13))];
    bytes.get(places[array] + 18, content);
    return new String(content, StandardCharsets.ISO_8859_1).replace("\0", "");
  }

  long threadId(int serial) {
    return threadIds.getOrDefault(serial, 0L);
  }

  /** The method of a frame as {@code a.b.Type.method}; empty where the dump doesn't say. */
  String method(int thread, int frame) {
    long[] ofThread = framesOfTrace.get(traceOfThread.getOrDefault(thread, -1));
    Frame found = ofThread == null || frame < 0 || frame >= ofThread.length ? null : frames.get(ofThread[frame]);
    return found == null ? "" : classNameBySerial.getOrDefault(found.classSerial, "?") + "." + found.method;
  }

  private String name(long classId) {
    return classNames.getOrDefault(classId, "?");
  }

  private void readRecords() throws IOException {
    int at = 0;
    while (bytes.get(at) != 0) {
      at++;
    }
    if (bytes.getInt(at + 1) != Long.BYTES) {
      throw new IOException("a heap dump with addresses of " + bytes.getInt(at + 1) + " bytes can't be read here");
    }
    at += 13;
    List<int[]> segments = new ArrayList<>();
    while (at + 9 <= bytes.limit()) {
      int tag = bytes.get(at);
      int length = bytes.getInt(at + 5);
      at += 9;
      switch (tag) {
        case 0x01 -> texts.put(bytes.getLong(at), text(at + 8, length - 8));
        case 0x02 -> {
          String name = ClassNames.readable(texts.getOrDefault(bytes.getLong(at + 16), "?").replace('/', '.'));
          classNames.put(bytes.getLong(at + 4), name);
          classNameBySerial.put(bytes.getInt(at), name);
        }
        case 0x04 -> frames.put(bytes.getLong(at),
            new Frame(texts.getOrDefault(bytes.getLong(at + 8), "?"), bytes.getInt(at + 32)));
        case 0x05 -> {
          long[] ofTrace = new long[bytes.getInt(at + 8)];
          for (int i = 0; i < ofTrace.length; i++) {
            ofTrace[i] = bytes.getLong(at + 12 + 8 * i);
          }
          framesOfTrace.put(bytes.getInt(at), ofTrace);
        }
        case 0x0C, 0x1C -> segments.add(new int[] {at, at + length});
        default -> {
          // what is not needed
        }
      }
      at += length;
    }
    for (int[] segment : segments) {
      readSegment(segment[0], segment[1]);
    }
    texts.clear();
    fillTable();
  }

  private String text(int at, int length) {
    byte[] utf8 = new byte[length];
    bytes.get(at, utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private void readSegment(int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      int tag = bytes.get(at) & 0xFF;
      switch (tag) {
        case 0xFF, 0x05, 0x07 -> at = root(tag, at, 9, 0, -1);
        case 0x01 -> at = root(tag, at, 17, 0, -1);
        case 0x02, 0x03 -> at = root(tag, at, 17, bytes.getInt(at + 9), bytes.getInt(at + 13));
        case 0x04, 0x06 -> at = root(tag, at, 13, bytes.getInt(at + 9), -1);
        case 0x08 -> {
          threadIds.put(bytes.getInt(at + 9), bytes.getLong(at + 1));
          traceOfThread.put(bytes.getInt(at + 9), bytes.getInt(at + 13));
          at = root(tag, at, 17, bytes.getInt(at + 9), -1);
        }
        case 0x20 -> {
          add(at);
          at = readType(at);
        }
        case 0x21 -> {
          add(at);
          at += 25 + bytes.getInt(at + 21);
        }
        case 0x22 -> {
          add(at);
          at += 25 + 8 * bytes.getInt(at + 13);
        }
        case 0x23 -> {
          add(at);
          at += 18 + TYPE_BYTES[bytes.get(at + 17)] * bytes.getInt(at + 13);
        }
        default -> throw new IOException("unknown entry " + tag + " in the heap dump at " + at);
      }
    }
  }

  private int root(int kind, int at, int length, int thread, int frame) {
    roots.add(new Root(kind, bytes.getLong(at + 1), thread, frame));
    return at + length;
  }

  private void add(int at) {
    if (objects == ids.length) {
      ids = Arrays.copyOf(ids, objects * 2);
      places = Arrays.copyOf(places, objects * 2);
    }
    ids[objects] = bytes.getLong(at + 1);
    places[objects++] = at;
  }

  private int readType(int start) {
    int at = start + 65;
    int constants = bytes.getShort(at) & 0xFFFF;
    at += 2;
    for (int i = 0; i < constants; i++) {
      at += 3 + size(bytes.get(at + 2));
    }
    List<Static> statics = new ArrayList<>();
    int staticFields = bytes.getShort(at) & 0xFFFF;
    at += 2;
    for (int i = 0; i < staticFields; i++) {
      int type = bytes.get(at + 8);
      if (type == OBJECT && bytes.getLong(at + 9) != 0) {
        statics.add(new Static(texts.getOrDefault(bytes.getLong(at), "?"), bytes.getLong(at + 9)));
      }
      at += 9 + size(type);
    }
    List<Field> references = new ArrayList<>();
    int fields = bytes.getShort(at) & 0xFFFF;
    int inInstance = 0;
    at += 2;
    for (int i = 0; i < fields; i++) {
      int type = bytes.get(at + 8);
      if (type == OBJECT) {
        references.add(new Field(texts.getOrDefault(bytes.getLong(at), "?"), inInstance));
      }
      inInstance += size(type);
      at += 9;
    }
    long id = bytes.getLong(start + 1);
    types.put(id, new Type(name(id), id, bytes.getLong(start + 13), bytes.getLong(start + 21), bytes.getInt(start + 61),
        new Fields(references, inInstance), statics));
    return at;
  }

  private static int size(int type) {
    return type == OBJECT ? Long.BYTES : TYPE_BYTES[type];
  }

  private int slot(long id) {
    return (int) ((id * 0x9E3779B97F4A7C15L) >>> 33) & (table.length - 1);
  }

  private void fillTable() {
    table = new int[Integer.highestOneBit(Math.max(16, objects)) * 4];
    for (int i = 0; i < objects; i++) {
      int at = slot(ids[i]);
      while (table[at] != 0) {
        at = (at + 1) & (table.length - 1);
      }
      table[at] = i + 1;
    }
  }
}
