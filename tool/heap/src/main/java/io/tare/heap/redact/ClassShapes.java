package io.tare.heap.redact;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Outline.Names;
import io.tare.heap.index.Passes;
import io.tare.heap.store.LongIntMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The classes of a dump as a copy needs them: where in an instance numbers stand, and which texts are names. A few numbers tell nothing but
 * how large objects are; the copy keeps them, or its sizes would be others.
 */
final class ClassShapes {
  private static final int DEEPEST = 10_000;
  private static final Shape UNKNOWN = new Shape(new int[0], 0, 0);
  private static final String CONSTANTS = "ARRAY_";
  private static final int MANY_STATICS = 12;

  private final int idBytes;
  private final Names names;
  private final Map<Long, ClassDump> dumps = new HashMap<>();
  private final LongIntMap numbers = new LongIntMap();
  private final List<Shape> shapes = new ArrayList<>(List.of(UNKNOWN));
  private final Set<Long> layoutFields = new HashSet<>();
  private long layoutClass;
  private long stackClass;
  private long lastId;
  private Shape last = UNKNOWN;

  /** What is a number in an instance. */
  static final class Shape {
    private final int[] numbers;
    private final int numberBytes;
    private final int bytes;

    private Shape(int[] numbers, int numberBytes, int bytes) {
      this.numbers = numbers;
      this.numberBytes = numberBytes;
      this.bytes = bytes;
    }

    /** Where numbers begin and end, one after the other; not to be changed. */
    int[] numbers() {
      return numbers;
    }

    int numberBytes() {
      return numberBytes;
    }

    /** Of all values. */
    int bytes() {
      return bytes;
    }
  }

  private ClassShapes(Outline outline, List<ClassDump> all) {
    idBytes = outline.header().idBytes();
    names = outline.names();
    for (ClassDump dump : all) {
      dumps.put(dump.id(), dump);
      Long name = outline.classNames().get(dump.id());
      if (name != null && names.is(name, "jdk/internal/vm/StackChunk")) {
        stackClass = dump.id();
      } else if (name != null && dump.statics().size() >= MANY_STATICS
          && (names.is(name, "jdk/internal/misc/Unsafe") || (layoutClass == 0 && names.is(name, "sun/misc/Unsafe")))) {
        layoutClass = dump.id();
      }
    }
    ClassDump constants = dumps.get(layoutClass);
    if (constants != null) {
      constants.statics().stream().map(ClassDump.StaticField::nameId).filter(id -> names.get(id).startsWith(CONSTANTS))
          .forEach(layoutFields::add);
    }
  }

  static ClassShapes of(Outline outline, Passes passes) {
    List<ClassDump> all = new ArrayList<>();
    passes.walk(outline.segments(), ClassDumps::new).forEach(part -> all.addAll(part.dumps));
    return new ClassShapes(outline, all);
  }

  /**
   * Which texts are names: of classes, fields, methods, source files. A JVM writes its whole table of symbols, and the literals of the
   * program are in there too.
   */
  Set<Long> usedNames(Outline outline) {
    Set<Long> used = new HashSet<>(outline.classNames().values());
    outline.stacks().frames().values().forEach(frame -> {
      used.add(frame.methodNameId());
      used.add(frame.signatureId());
      used.add(frame.sourceNameId());
    });
    dumps.values().forEach(dump -> {
      dump.fields().forEach(field -> used.add(field.nameId()));
      dump.statics().forEach(field -> used.add(field.nameId()));
    });
    return used;
  }

  /** Whether this static field is one of the VM's constants that say how arrays are laid out. */
  boolean tellsLayout(long classId, long nameId) {
    return classId == layoutClass && layoutFields.contains(nameId);
  }

  /** Nothing is known of a class that the dump does not describe. */
  Shape of(long classId) {
    if (classId != lastId) {
      int number = numbers.getOrDefault(classId, -1);
      if (number < 0) {
        number = shapes.size();
        shapes.add(gather(classId));
        numbers.put(classId, number);
      }
      lastId = classId;
      last = shapes.get(number);
    }
    return last;
  }

  /** Own fields first, then those of the super-classes, as a dump writes their values. */
  private Shape gather(long classId) {
    List<Integer> edges = new ArrayList<>();
    int at = 0;
    int numberBytes = 0;
    ClassDump dump = dumps.get(classId);
    for (int depth = 0; dump != null && depth < DEEPEST; depth++) {
      for (ClassDump.Field field : dump.fields()) {
        int bytes = BasicType.bytes(field.type(), idBytes);
        boolean stays = field.type() == BasicType.OBJECT
            || (dump.id() == stackClass && names.is(field.nameId(), "size"));
        if (!stays) {
          add(edges, at, at + bytes);
          numberBytes += bytes;
        }
        at += bytes;
      }
      dump = dumps.get(dump.superId());
    }
    return new Shape(edges.stream().mapToInt(Integer::intValue).toArray(), numberBytes, at);
  }

  private static void add(List<Integer> edges, int from, int to) {
    if (!edges.isEmpty() && edges.getLast() == from) {
      edges.removeLast();
    } else {
      edges.add(from);
    }
    edges.add(to);
  }

  private static final class ClassDumps implements HeapVisitor {
    private final List<ClassDump> dumps = new ArrayList<>();

    @Override
    public void classDump(ClassDump dump) {
      dumps.add(dump);
    }
  }
}
