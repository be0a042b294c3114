package io.tare.capture.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page on this machine, as the kernel hands it to every program in its auxiliary vector. */
public final class PageSize {
  private static final long AT_PAGESZ = 6;
  private static final int USUAL = 4096;
  private static final int OF_THIS_MACHINE = read();

  private PageSize() {}

  public static int ofThisMachine() {
    return OF_THIS_MACHINE;
  }

  private static int read() {
    try {
      return in(Files.readAllBytes(Path.of("/proc/self/auxv")));
    } catch (IOException unreadable) {
      return USUAL;
    }
  }

  static int in(byte[] auxiliaryVector) {
    ByteBuffer vector = ByteBuffer.wrap(auxiliaryVector).order(ByteOrder.nativeOrder());
    while (vector.remaining() >= 2 * Long.BYTES) {
      long type = vector.getLong();
      long value = vector.getLong();
      if (type == AT_PAGESZ && value > 0 && value <= 1 << 20 && Long.bitCount(value) == 1) {
        return (int) value;
      }
    }
    return USUAL;
  }
}
