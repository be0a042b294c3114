package io.tare.capture.dump;

/** There is no dump. The message is a sentence for people: what, why, and what would help. */
public final class DumpRefused extends Exception {
  private static final long serialVersionUID = 1L;

  DumpRefused(String message) {
    super(message);
  }

  DumpRefused(String message, Exception cause) {
    super(message, cause);
  }
}
