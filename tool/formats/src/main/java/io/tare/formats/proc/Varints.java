package io.tare.formats.proc;

import java.io.ByteArrayOutputStream;

/** Unsigned numbers of seven bits a byte, the lowest first. */
final class Varints {
  private Varints() {}

  static void write(long value, ByteArrayOutputStream out) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Reads numbers; after the end or an overlong number it is broken and gives zeros. */
  static final class Reader {
    private final byte[] bytes;
    private int at;
    private boolean broken;

    Reader(byte[] bytes, int from) {
      this.bytes = bytes;
      this.at = from;
    }

    boolean broken() {
      return broken;
    }

    int at() {
      return at;
    }

    long next() {
      long value = 0;
      for (int shift = 0; shift < 64 && at < bytes.length && !broken; shift += 7) {
        byte part = bytes[at++];
        value |= (part & 0x7fL) << shift;
        if (part >= 0) {
          return value;
        }
      }
      broken = true;
      return 0;
    }
  }
}
