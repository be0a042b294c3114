package io.tare.heap.redact;

import io.tare.heap.hprof.BasicType;
import io.tare.heap.hprof.Tag;
import io.tare.heap.redact.Copy.Blank;
import io.tare.heap.redact.Redactor.RedactOptions;
import java.io.IOException;

/** Copies the records of one heap segment without the values of numbers. What it does not know it does not copy. */
final class SegmentCopy {
  private static final int[] KEEP_ALL = {};

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
    ClassShapes.Shape shape = shapes.of(copy.id());
    long length = copy.u4();
    long known = Math.min(length, shape.bytes());
    // Of a class that the dump does not describe nobody knows what is a number: all goes.
    long unknown = length - known;
    if (known < shape.bytes() || known > Copy.longestRecord()) {
      copy.blank(length, Blank.ZEROS);
      fieldBytes += length;
      return;
    }
    copy.bytes((int) known, options.keepNumbers() ? KEEP_ALL : shape.numbers());
    fieldBytes += options.keepNumbers() ? 0 : shape.numberBytes();
    copy.blank(unknown, Blank.ZEROS);
    fieldBytes += unknown;
  }

  private void number(int bytes) throws IOException {
    if (options.keepNumbers()) {
      copy.bytes(bytes);
    } else {
      copy.blank(bytes, Blank.ZEROS);
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
      case BasicType.BYTE -> copy.blank(bytes, Blank.LETTERS);
      case BasicType.CHAR -> copy.blank(bytes, Blank.WIDE_LETTERS);
      default -> copy.blank(bytes, Blank.ZEROS);
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
    long id = copy.id();
    copy.bytes(6L * idBytes + 8);
    for (int left = copy.u2(); left > 0; left--) {
      copy.bytes(2);
      value(copy.u1());
    }
    for (int left = copy.u2(); left > 0; left--) {
      boolean tellsLayout = shapes.tellsLayout(id, copy.id());
      int type = copy.u1();
      if (tellsLayout) {
        copy.bytes(elementBytes(type));
      } else {
        value(type);
      }
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
}
