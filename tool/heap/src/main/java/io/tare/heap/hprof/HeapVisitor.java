package io.tare.heap.hprof;

/**
 * Sees what lies in the heap segments, in the order of the file. The window stands at the first value of the record; a visitor
 * may move it.
 */
public interface HeapVisitor {
  default void root(Root root) {}

  default void classDump(ClassDump dump) {}

  /** All {@code length} bytes of the field values are readable. */
  default void instance(long id, long classId, Window values, int length) {}

  /** The elements may not be readable yet: see {@link Window#ready}. */
  default void objectArray(long id, long classId, Window elements, int count) {}

  /** The elements may not be readable yet: see {@link Window#ready}. */
  default void primitiveArray(long id, int type, Window elements, int count) {}

  /** What came since the last call, or since the start, lies in these bytes: a piece that can be walked on its own. */
  default void pieceEnds(long from, long to) {}

  /**
   * What keeps an object alive from outside the heap.
   *
   * @param threadSerial the thread whose stack it is, 0 if none
   * @param frame the depth in that stack, -1 if unknown
   */
  public record Root(Kind kind, long objectId, int threadSerial, int frame) {
    /** Why, in words that people know. */
    public enum Kind {
      JNI_GLOBAL("JNI global reference"),
      JNI_LOCAL("JNI local variable"),
      JAVA_FRAME("local variable"),
      NATIVE_STACK(
          "native stack"),
      STICKY_CLASS("system class"),
      THREAD_BLOCK("thread block"),
      MONITOR(
          "monitor in use"),
      THREAD(
          "thread"),
      INTERNED_STRING("interned string"),
      FINALIZING(
          "being finalized"),
      DEBUGGER("debugger"),
      VM_INTERNAL("VM internal"),
      STAND_IN("stands in for a lost root"),
      UNKNOWN("unknown root");

      private final String words;

      Kind(String words) {
        this.words = words;
      }

      public String words() {
        return words;
      }
    }
  }
}
