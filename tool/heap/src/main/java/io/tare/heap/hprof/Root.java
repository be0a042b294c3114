package io.tare.heap.hprof;

/**
 * What keeps an object alive from outside the heap.
 *
 * @param threadSerial the thread whose stack it is, 0 if none
 * @param frame the depth in that stack, -1 if unknown
 */
public record Root(Kind kind, long objectId, int threadSerial, int frame) {
  /** Why, in words that people know. */
  public enum Kind {
    JNI_GLOBAL("JNI global reference"), JNI_LOCAL("JNI local variable"), JAVA_FRAME("local variable"), NATIVE_STACK(
        "native stack"), STICKY_CLASS("system class"), THREAD_BLOCK("thread block"), MONITOR("monitor in use"), THREAD(
            "thread"), INTERNED_STRING("interned string"), FINALIZING(
                "being finalized"), DEBUGGER("debugger"), VM_INTERNAL("VM internal"), UNKNOWN("unknown root");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }
}
