package io.tare.capture.memory.hotspot;

/** A walk can't go on: the table lacks a field, a page is absent, a value makes no sense. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreadable(String message) {
    super(message, null, false, false);
  }

  static Unreadable at(String what, long address) {
    return new Unreadable(what + " at " + Long.toHexString(address) + " can't be read");
  }
}
