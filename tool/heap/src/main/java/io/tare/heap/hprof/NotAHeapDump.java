package io.tare.heap.hprof;

/** The file is not a heap dump in hprof format at all. A damaged heap dump is a list of problems instead. */
public final class NotAHeapDump extends Exception {
  private static final long serialVersionUID = 1L;

  public NotAHeapDump(String message) {
    super(message);
  }
}
