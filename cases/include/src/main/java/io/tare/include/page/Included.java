package io.tare.include.page;

/** What stands in the place of an include: bytes that nobody changes, or nothing because it failed. */
final class Included {
  static final Included NOTHING = new Included(new byte[0], false);
  static final Included FAILED = new Included(new byte[0], true);

  private final byte[] bytes;
  private final boolean failed;

  private Included(byte[] bytes, boolean failed) {
    this.bytes = bytes;
    this.failed = failed;
  }

  static Included of(byte[] bytes) {
    return new Included(bytes, false);
  }

  byte[] bytes() {
    return bytes;
  }

  boolean isFailed() {
    return failed;
  }
}
