package io.tare.capture.memory.hotspot;

import java.util.ArrayList;
import java.util.List;

/** The packed field table of a class since JDK 21: unsigned numbers of one to five bytes, none of which is zero. */
final class FieldStream {
  private static final int EXCLUDED = 1;
  private static final int LOW_CODES = 191;
  private static final int HIGH_BITS = 6;
  private static final int MOST_BYTES = 5;
  private static final int HAS_INITIAL_VALUE = 1;
  private static final int HAS_GENERIC_SIGNATURE = 1 << 2;
  private static final int IS_CONTENDED = 1 << 4;

  private final byte[] bytes;
  private int at;

  FieldStream(byte[] bytes) {
    this.bytes = bytes;
  }

  record Field(long nameIndex, int offset) {}

  /** The Java fields; those that the JVM injected are left out, and what is cut off too. */
  List<Field> fields() {
    at = 0;
    List<Field> fields = new ArrayList<>();
    long count = next();
    next();
    for (long i = 0; i < count && at < bytes.length; i++) {
      long name = next();
      next();
      int offset = (int) next();
      next();
      long flags = next();
      skipIf((flags & HAS_INITIAL_VALUE) != 0);
      skipIf((flags & HAS_GENERIC_SIGNATURE) != 0);
      skipIf((flags & IS_CONTENDED) != 0);
      fields.add(new Field(name, offset));
    }
    return fields;
  }

  private void skipIf(boolean present) {
    if (present) {
      next();
    }
  }

  private long next() {
    long value = 0;
    for (int i = 0; i < MOST_BYTES && at < bytes.length; i++) {
      int code = (bytes[at++] & 0xff) - EXCLUDED;
      value += (long) code << (HIGH_BITS * i);
      if (code < LOW_CODES) {
        break;
      }
    }
    return value & 0xffff_ffffL;
  }
}
