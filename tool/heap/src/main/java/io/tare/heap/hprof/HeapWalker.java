package io.tare.heap.hprof;

import io.tare.heap.hprof.ClassDump.ClassDumpReader;
import io.tare.heap.hprof.HeapVisitor.Root;
import io.tare.heap.hprof.HeapVisitor.Root.Kind;

/** Walks over one piece of the heap segments and shows every record to a visitor. One thread's own. */
public final class HeapWalker {
  /** Pieces are about this long: short enough to share among threads and to find one object in. */
  static final long PIECE_BYTES = 256 << 10;
  /** No class can have fields of more bytes than this: 65,535 of them, 8 bytes each, in a chain of super-classes. */
  private static final int MOST_INSTANCE_BYTES = 1 << 24;

  private final Window window;
  private final int idBytes;
  private final ClassDumpReader classes;
  private final HeapVisitor visitor;
  private final ProblemLog problems;
  private boolean saidAndroid;

  public HeapWalker(DumpFile file, int idBytes, HeapVisitor visitor, ProblemLog problems, int windowBytes) {
    this.window = new Window(file, idBytes, windowBytes);
    this.idBytes = idBytes;
    this.classes = new ClassDumpReader(window);
    this.visitor = visitor;
    this.problems = problems;
  }

  /** What can't be read becomes a problem; the records before it have been shown. */
  public void walk(long from, long to) {
    long piece = from;
    long record = from;
    window.seek(from);
    try {
      while (record < to) {
        if (!window.has(1)) {
          throw new Malformed(record, "the dump ends here");
        }
        record(window.u1(), to);
        record = window.position();
        if (record - piece >= PIECE_BYTES) {
          visitor.pieceEnds(piece, record);
          piece = record;
        }
      }
    } catch (Malformed e) {
      problems.add(record, e.getMessage() + " (" + (to - record) + " bytes of this segment are left out)");
    }
    if (record > piece) {
      visitor.pieceEnds(piece, record);
    }
  }

  private void record(int tag, long to) {
    switch (tag) {
      case Tag.INSTANCE -> instance(to);
      case Tag.OBJECT_ARRAY -> objectArray(to);
      case Tag.PRIMITIVE_ARRAY -> primitiveArray(to);
      case Tag.CLASS_DUMP -> visitor.classDump(classes.read());
      default -> rare(tag);
    }
  }

  private void instance(long to) {
    need(2 * idBytes + 8);
    long id = window.id();
    window.skip(4);
    long classId = window.id();
    int length = window.i4();
    long end = window.position() + (length & 0xffff_ffffL);
    check(end, to);
    if (length < 0 || length > MOST_INSTANCE_BYTES) {
      throw new Malformed(window.position(), "an instance of " + (length & 0xffff_ffffL) + " bytes");
    }
    need(length);
    visitor.instance(id, classId, window, length);
    window.seek(end);
  }

  private void objectArray(long to) {
    need(2 * idBytes + 8);
    long id = window.id();
    window.skip(4);
    int count = window.i4();
    long classId = window.id();
    long end = window.position() + (count & 0xffff_ffffL) * idBytes;
    check(end, to);
    visitor.objectArray(id, classId, window, count(count));
    window.seek(end);
  }

  private void primitiveArray(long to) {
    need(idBytes + 9);
    long id = window.id();
    window.skip(4);
    int count = window.i4();
    int type = window.u1();
    if (!BasicType.isPrimitive(type)) {
      throw new Malformed(window.position() - 1, "no such element type: " + type);
    }
    long end = window.position() + (count & 0xffff_ffffL) * BasicType.bytes(type, idBytes);
    check(end, to);
    visitor.primitiveArray(id, type, window, count(count));
    window.seek(end);
  }

  private int count(int count) {
    if (count < 0) {
      throw new Malformed(window.position(), "an array of " + (count & 0xffff_ffffL) + " elements");
    }
    return count;
  }

  private void check(long end, long to) {
    if (end > to) {
      throw new Malformed(window.position(),
          "a record of " + (end - window.position()) + " bytes is longer than its segment");
    }
  }

  private void rare(int tag) {
    switch (tag) {
      case Tag.ROOT_UNKNOWN -> root(Kind.UNKNOWN, 0);
      case Tag.ROOT_JNI_GLOBAL -> root(Kind.JNI_GLOBAL, idBytes);
      case Tag.ROOT_JNI_LOCAL -> threadRoot(Kind.JNI_LOCAL, true);
      case Tag.ROOT_JAVA_FRAME -> threadRoot(Kind.JAVA_FRAME, true);
      case Tag.ROOT_NATIVE_STACK -> threadRoot(Kind.NATIVE_STACK, false);
      case Tag.ROOT_STICKY_CLASS -> root(Kind.STICKY_CLASS, 0);
      case Tag.ROOT_THREAD_BLOCK -> threadRoot(Kind.THREAD_BLOCK, false);
      case Tag.ROOT_MONITOR -> root(Kind.MONITOR, 0);
      case Tag.ROOT_THREAD -> threadObject();
      default -> android(tag);
    }
  }

  private void root(Kind kind, int extra) {
    need(idBytes + extra);
    long id = window.id();
    window.skip(extra);
    visitor.root(new Root(kind, id, 0, -1));
  }

  private void threadRoot(Kind kind, boolean hasFrame) {
    need(idBytes + (hasFrame ? 8 : 4));
    long id = window.id();
    int thread = window.i4();
    visitor.root(new Root(kind, id, thread, hasFrame ? window.i4() : -1));
  }

  /** The frame of a thread's own record is the serial of its stack trace. */
  private void threadObject() {
    need(idBytes + 8);
    long id = window.id();
    int thread = window.i4();
    visitor.root(new Root(Kind.THREAD, id, thread, window.i4()));
  }

  private void android(int tag) {
    switch (tag) {
      case Tag.ANDROID_ROOT_INTERNED -> root(Kind.INTERNED_STRING, 0);
      case Tag.ANDROID_ROOT_FINALIZING -> root(Kind.FINALIZING, 0);
      case Tag.ANDROID_ROOT_DEBUGGER -> root(Kind.DEBUGGER, 0);
      case Tag.ANDROID_ROOT_VM_INTERNAL -> root(Kind.VM_INTERNAL, 0);
      case Tag.ANDROID_ROOT_JNI_MONITOR -> root(Kind.MONITOR, 8);
      case Tag.ANDROID_ROOT_CLEANUP, Tag.ANDROID_UNREACHABLE -> skip(idBytes);
      case Tag.ANDROID_HEAP_INFO -> skip(idBytes + 4);
      case Tag.ANDROID_ARRAY_WITHOUT_VALUES -> arrayWithoutValues();
      default -> throw new Malformed(window.position() - 1, "no such record: 0x" + Integer.toHexString(tag));
    }
    if (!saidAndroid) {
      saidAndroid = true;
      problems.add(window.position(), "records of Android's format are skipped: sizes are those of HotSpot");
    }
  }

  private void arrayWithoutValues() {
    need(idBytes + 9);
    long id = window.id();
    window.skip(4);
    int count = window.i4();
    int type = window.u1();
    if (BasicType.isPrimitive(type)) {
      visitor.primitiveArray(id, type, window, 0);
      problems.add(window.position(), "an array of " + count + " elements comes without its values");
    }
  }

  private void skip(int bytes) {
    need(bytes);
    window.skip(bytes);
  }

  private void need(int bytes) {
    if (!window.has(bytes)) {
      throw new Malformed(window.position(), "the dump ends here");
    }
  }

  /** From here on a segment makes no sense. Never leaves this package: it becomes a problem of the dump. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long position;

    Malformed(long position, String message) {
      super(message, null, false, false);
      this.position = position;
    }

    long position() {
      return position;
    }
  }
}
