package io.tare.heap.lookup;

/** What was asked for is not in the dump. The message is a sentence for people. */
public final class NotInDump extends Exception {
  private static final long serialVersionUID = 1L;

  NotInDump(String message) {
    super(message);
  }
}
