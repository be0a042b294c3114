package io.tare.heap.hprof;

/** From here on a segment makes no sense. Never leaves this package: it becomes a problem of the dump. */
final class Malformed extends RuntimeException {
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
