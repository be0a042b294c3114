package io.tare.capture.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of a page on this machine, as the kernel told this process at its start. */
public final class PageBytes {
  private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");
  private static final long PAGE_SIZE_KEY = 6;
  private static final int USUAL = 4096;
  private static final int OF_THIS_MACHINE = read();

  private PageBytes() {}

  public static int ofThisMachine() {
    return OF_THIS_MACHINE;
  }

  private static int read() {
    try {
      ByteBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR)).order(ByteOrder.nativeOrder());
      while (pairs.remaining() >= 2 * Long.BYTES) {
        long key = pairs.getLong();
        long value = pairs.getLong();
        if (key == PAGE_SIZE_KEY) {
          return (int) value;
        }
      }
      return USUAL;
    } catch (IOException unreadable) {
      return USUAL;
    }
  }
}
