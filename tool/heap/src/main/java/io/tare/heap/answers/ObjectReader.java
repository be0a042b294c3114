package io.tare.heap.answers;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline.Segment;
import io.tare.heap.hprof.Window;
import io.tare.heap.index.Classes;
import io.tare.heap.index.DumpIndex;
import io.tare.heap.index.DumpIndex.Piece;
import io.tare.heap.index.HeapClass;
import io.tare.heap.index.HeapClass.FieldAt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads single objects from the dump: finds the pieces that may hold them and walks over those. */
public final class ObjectReader {
  private static final int MOST_TEXT = 200;

  private final DumpIndex index;
  private final Classes classes;
  /** For values of instances and, apart from them, of arrays: each goes forward over the file when objects are read in order. */
  private final Window window;
  private final Window elements;
  /** By number: addresses are multiples of eight, and a hash table likes that little. */
  private final KnownObjects known = new KnownObjects();

  public ObjectReader(DumpIndex index) {
    this.index = index;
    this.classes = index.classes();
    this.window = new Window(index.passes().file(), index.outline().header().idBytes(), Window.SMALL);
    this.elements = new Window(index.passes().file(), index.outline().header().idBytes(), Window.SMALL);
  }

  /** Finds many objects in one walk; {@link #find} is quick for them afterwards. */
  public void prefetch(Collection<Long> ids) {
    int[] unknown = new int[ids.size()];
    int count = 0;
    for (long id : ids) {
      int node = index.objects().find(id);
      if (node != 0 && known.get(node) == null && !addMirror(id, node)) {
        unknown[count++] = node;
      }
    }
    if (count == 0) {
      return;
    }
    int[] wanted = NodeSet.sorted(unknown, count);
    find(wanted, index.partsAround(wanted));
    int[] missing = Arrays.stream(wanted).filter(node -> known.get(node) == null).toArray();
    if (missing.length == 0) {
      return;
    }
    long[] sorted = Arrays.stream(missing).mapToLong(index.objects()::idOf).toArray();
    List<Segment> parts = index.pieces().stream().filter(piece -> holdsAny(piece, sorted))
        .map(piece -> new Segment(piece.from(), piece.to())).toList();
    find(missing, parts);
  }

  private void find(int[] wanted, List<Segment> parts) {
    if (!parts.isEmpty()) {
      NodeSet set = new NodeSet(wanted);
      known.expect(wanted.length);
      index.passes().walk(parts, () -> new Finder(set))
          .forEach(finder -> finder.found.forEach(record -> known.put(index.objects().find(record.id()), record)));
    }
  }

  private static boolean holdsAny(Piece piece, long[] sorted) {
    int place = Arrays.binarySearch(sorted, piece.lowestId());
    int next = place >= 0 ? place : -place - 1;
    return next < sorted.length && sorted[next] <= piece.highestId();
  }

  public Optional<ObjectRecord> find(long id) {
    int node = index.objects().find(id);
    ObjectRecord record = known.get(node);
    if (record == null && node != 0) {
      prefetch(List.of(id));
      record = known.get(node);
    }
    return Optional.ofNullable(record);
  }

  private boolean addMirror(long id, int node) {
    int number = classes.find(id);
    Optional<ClassDump> dump = number < 0 ? Optional.empty() : classes.dump(classes.get(number));
    dump.ifPresent(described -> {
      HeapClass mirror = classes.named("java.lang.Class").orElse(classes.get(number));
      known.put(node, new ObjectRecord.Mirror(id, mirror, classes.get(number), described));
    });
    return dump.isPresent();
  }

  /** The value of a field; empty if there is no such object or field. References are addresses. */
  public OptionalLong value(long id, String fieldName) {
    if (find(id).orElse(null) instanceof ObjectRecord.Instance instance) {
      for (FieldAt field : instance.heapClass().fields()) {
        if (field.name().equals(fieldName)) {
          return value(instance, field);
        }
      }
    }
    return OptionalLong.empty();
  }

  public OptionalLong value(ObjectRecord.Instance instance, FieldAt field) {
    int bytes = BasicType.bytes(field.type(), window.idBytes());
    if (field.offset() + bytes > instance.length()) {
      return OptionalLong.empty();
    }
    if (instance.content().isKept()) {
      return OptionalLong.of(instance.content().number(field.offset(), field.type()));
    }
    window.seek(instance.position() + field.offset());
    return window.has(bytes) ? OptionalLong.of(number(window, field.type())) : OptionalLong.empty();
  }

  /** An element of an array. */
  public OptionalLong element(ObjectRecord.Array array, int at) {
    int bytes = BasicType.bytes(array.type(), window.idBytes());
    if (array.content().isKept() && at >= 0 && at < array.count()) {
      return OptionalLong.of(array.content().number(at * bytes, array.type()));
    }
    elements.seek(array.position() + (long) at * bytes);
    boolean isThere = at < array.count() && elements.has(bytes);
    return isThere ? OptionalLong.of(number(elements, array.type())) : OptionalLong.empty();
  }

  private static long number(Window from, int type) {
    if (type == BasicType.OBJECT) {
      return from.id();
    }
    return switch (BasicType.bytes(type, from.idBytes())) {
      case 1 -> (byte) from.u1();
      case 2 -> type == BasicType.CHAR ? from.u2() : (short) from.u2();
      case 4 -> from.i4();
      default -> from.i8();
    };
  }

  /** The text of a {@code java.lang.String}, cut if it is long. */
  public Optional<String> text(long stringId) {
    return text(stringId, MOST_TEXT);
  }

  /** The text of a {@code java.lang.String}, at most so many characters of it. */
  public Optional<String> text(long stringId, int most) {
    OptionalLong valueId = value(stringId, "value");
    if (valueId.isEmpty() || !(find(valueId.getAsLong()).orElse(null) instanceof ObjectRecord.Array array)) {
      return Optional.empty();
    }
    boolean wide = value(stringId, "coder").orElse(0) == 1;
    int from = (int) value(stringId, "offset").orElse(0);
    int count = (int) value(stringId, "count").orElse(array.count());
    return text(array, new Part(from, count, most), wide);
  }

  /** What a string with this value array would read. */
  Optional<String> arrayText(long arrayId) {
    return arrayText(arrayId, MOST_TEXT);
  }

  /** What a string with this value array would read, at most so many characters of it. */
  public Optional<String> arrayText(long arrayId, int most) {
    return find(arrayId).orElse(null) instanceof ObjectRecord.Array array
        ? text(array, new Part(0, array.count(), most), false)
        : Optional.empty();
  }

  /** Which elements of an array make a text, and how many characters of it are wanted. */
  private record Part(int from, int elements, int most) {}

  private Optional<String> text(ObjectRecord.Array array, Part part, boolean wide) {
    if (array.type() != BasicType.CHAR && array.type() != BasicType.BYTE) {
      return Optional.empty();
    }
    int elementBytes = BasicType.bytes(array.type(), window.idBytes());
    int bytesPerChar = array.type() == BasicType.CHAR || wide ? 2 : 1;
    int count = Math.min(part.elements(), array.count() - part.from());
    int chars = Math.min(part.most(), count * elementBytes / bytesPerChar);
    StringBuilder text = new StringBuilder();
    if (array.content().isKept() && part.from() >= 0) {
      for (int i = 0; i < chars; i++) {
        text.append(array.content().character((part.from() * elementBytes) + i * bytesPerChar, array.type(), wide));
      }
      return Optional.of(text.toString());
    }
    elements.seek(array.position() + (long) part.from() * elementBytes);
    for (int i = 0; i < chars && elements.has(bytesPerChar); i++) {
      text.append(array.type() == BasicType.CHAR ? (char) elements.u2() : character(wide));
    }
    return Optional.of(text.toString());
  }

  /** Two-byte strings in byte arrays stand in the byte order of the machine that wrote them, nowadays little-endian. */
  private char character(boolean wide) {
    int low = elements.u1();
    return (char) (wide ? low | (elements.u1() << 8) : low);
  }

  private final class Finder implements HeapVisitor {
    private final NodeSet wanted;
    private final List<ObjectRecord> found = new ArrayList<>();

    Finder(NodeSet wanted) {
      this.wanted = wanted;
    }

    @Override
    public void instance(long id, long classId, Window values, int length) {
      int node = index.objects().find(id);
      if (wanted.contains(node)) {
        found.add(new ObjectRecord.Instance(id, classes.get(classes.find(classId)), values.position(), length,
            Content.of(values, length)));
      }
    }

    @Override
    public void objectArray(long id, long classId, Window elements, int count) {
      int node = index.objects().find(id);
      if (wanted.contains(node)) {
        HeapClass type = classes.get(classes.find(classId));
        found.add(new ObjectRecord.Array(id, type, BasicType.OBJECT, elements.position(), count, Content.NONE));
      }
    }

    @Override
    public void primitiveArray(long id, int type, Window elements, int count) {
      int node = index.objects().find(id);
      if (wanted.contains(node)) {
        HeapClass heapClass = classes.get(classes.ofPrimitiveArray(type));
        found.add(new ObjectRecord.Array(id, heapClass, type, elements.position(), count,
            Content.of(elements, (long) count * BasicType.bytes(type, elements.idBytes()))));
      }
    }
  }

  /** Where an object's values stand in the dump. */
  public sealed interface ObjectRecord {
    long id();

    HeapClass heapClass();

    /** The values as the dump has them; of a small one they are at hand. */
    record Instance(long id, HeapClass heapClass, long position, int length, Content content) implements ObjectRecord {}

    /** An array of references or numbers; {@code type} as in {@link io.tare.heap.hprof.BasicType}. */
    record Array(long id, HeapClass heapClass, int type, long position, int count, Content content)
        implements
          ObjectRecord {}

    /** A {@code java.lang.Class} object: {@code described} is the class that it stands for. */
    record Mirror(long id, HeapClass heapClass, HeapClass described, ClassDump dump) implements ObjectRecord {}
  }
}
