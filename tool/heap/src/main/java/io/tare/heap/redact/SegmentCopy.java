package io.tare.heap.redact;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.ClassDump;
import io.tare.heap.hprof.HeapVisitor;
import io.tare.heap.hprof.Outline;
import io.tare.heap.hprof.Tag;
import io.tare.heap.index.Passes;
import io.tare.heap.redact.Redactor.RedactOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies the records of one heap segment without the values of numbers. What it does not know it does not copy. */
final class SegmentCopy {
  /** Strings of this letter look like what they are. */
  private static final int LETTER = '*';

  private final Copy copy;
  private final ClassShapes shapes;
  private final RedactOptions options;
  private final int idBytes;
  private long arrayBytes;
  private long fieldBytes;

  SegmentCopy(Copy copy, ClassShapes shapes, RedactOptions options) {
    this.copy = copy;
    this.shapes = shapes;
    this.options = options;
    this.idBytes = copy.idBytes();
  }

  long arrayBytes() {
    return arrayBytes;
  }

  long fieldBytes() {
    return fieldBytes;
  }

  void copy(long to) throws IOException, Unreadable {
    while (copy.position() < to) {
      record(copy.u1());
    }
  }

  private void record(int tag) throws IOException, Unreadable {
    switch (tag) {
      case Tag.INSTANCE -> instance();
      case Tag.OBJECT_ARRAY -> objectArray();
      case Tag.PRIMITIVE_ARRAY -> primitiveArray();
      case Tag.CLASS_DUMP -> classDump();
      case Tag.ROOT_UNKNOWN, Tag.ROOT_STICKY_CLASS, Tag.ROOT_MONITOR, Tag.ANDROID_ROOT_INTERNED,
          Tag.ANDROID_ROOT_FINALIZING, Tag.ANDROID_ROOT_DEBUGGER, Tag.ANDROID_ROOT_VM_INTERNAL,
          Tag.ANDROID_ROOT_CLEANUP, Tag.ANDROID_UNREACHABLE ->
        copy.bytes(idBytes);
      case Tag.ROOT_JNI_GLOBAL -> copy.bytes(2L * idBytes);
      case Tag.ROOT_NATIVE_STACK, Tag.ROOT_THREAD_BLOCK, Tag.ANDROID_HEAP_INFO -> copy.bytes(idBytes + 4L);
      case Tag.ROOT_JNI_LOCAL, Tag.ROOT_JAVA_FRAME, Tag.ROOT_THREAD, Tag.ANDROID_ROOT_JNI_MONITOR ->
        copy.bytes(idBytes + 8L);
      case Tag.ANDROID_ARRAY_WITHOUT_VALUES -> copy.bytes(idBytes + 9L);
      default -> throw new Unreadable("no such record: 0x" + Integer.toHexString(tag) + " at offset "
          + (copy.position() - 1));
    }
  }

  private void instance() throws IOException {
    copy.bytes(idBytes + 4L);
    long classId = copy.id();
    long length = copy.u4();
    long left = length;
    for (byte type : shapes.types(classId)) {
      int bytes = BasicType.bytes(type, idBytes);
      if (left < bytes) {
        break;
      }
      if (type == BasicType.OBJECT) {
        copy.bytes(bytes);
      } else {
        number(bytes);
      }
      left -= bytes;
    }
    // Of a class that the dump does not describe nobody knows what is a number: all goes.
    copy.blank(left, 0);
    fieldBytes += left;
  }

  private void number(int bytes) throws IOException {
    if (options.keepNumbers()) {
      copy.bytes(bytes);
    } else {
      copy.blank(bytes, 0);
      fieldBytes += bytes;
    }
  }

  private void objectArray() throws IOException {
    copy.bytes(idBytes + 4L);
    long count = copy.u4();
    copy.bytes(idBytes);
    copy.bytes(count * idBytes);
  }

  private void primitiveArray() throws IOException, Unreadable {
    copy.bytes(idBytes + 4L);
    long count = copy.u4();
    int type = copy.u1();
    long bytes = count * elementBytes(type);
    switch (type) {
      case BasicType.BYTE -> copy.blank(bytes, LETTER);
      case BasicType.CHAR -> copy.blank(bytes, new byte[] {0, LETTER});
      default -> copy.blank(bytes, 0);
    }
    arrayBytes += bytes;
  }

  private int elementBytes(int type) throws Unreadable {
    if (!BasicType.isPrimitive(type)) {
      throw new Unreadable("no such element type: " + type + " at offset " + (copy.position() - 1));
    }
    return BasicType.bytes(type, idBytes);
  }

  private void classDump() throws IOException, Unreadable {
    copy.bytes(7L * idBytes + 8);
    for (int left = copy.u2(); left > 0; left--) {
      copy.bytes(2);
      value(copy.u1());
    }
    for (int left = copy.u2(); left > 0; left--) {
      copy.bytes(idBytes);
      value(copy.u1());
    }
    copy.bytes(copy.u2() * (idBytes + 1L));
  }

  private void value(int type) throws IOException, Unreadable {
    if (type == BasicType.OBJECT) {
      copy.bytes(idBytes);
    } else {
      number(elementBytes(type));
    }
  }

  /** From here on the segment makes no sense. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  /** The types of the fields of every class, in the order in which a dump writes their values. */
  static final class ClassShapes implements HeapVisitor {
    private static final int DEEPEST = 10_000;

    private final Map<Long, ClassDump> dumps = new HashMap<>();
    private final Map<Long, byte[]> types = new HashMap<>();

    static ClassShapes of(Outline outline, Passes passes) {
      ClassShapes all = new ClassShapes();
      passes.walk(outline.segments(), ClassShapes::new).forEach(part -> all.dumps.putAll(part.dumps));
      return all;
    }

    @Override
    public void classDump(ClassDump dump) {
      dumps.put(dump.id(), dump);
    }

    /** Own fields first, then those of the super-classes. */
    byte[] types(long classId) {
      return types.computeIfAbsent(classId, this::gather);
    }

    private byte[] gather(long classId) {
      List<Integer> gathered = new ArrayList<>();
      ClassDump dump = dumps.get(classId);
      for (int depth = 0; dump != null && depth < DEEPEST; depth++) {
        dump.fields().forEach(field -> gathered.add(field.type()));
        dump = dumps.get(dump.superId());
      }
      byte[] result = new byte[gathered.size()];
      for (int i = 0; i < result.length; i++) {
        result[i] = gathered.get(i).byteValue();
      }
      return result;
    }
  }
}
