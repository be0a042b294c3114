package io.tare.capture.memory.elf;

import io.tare.capture.door.ForeignFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/**
 * The file's bytes by offset, within a budget: its headers may claim terabytes, which a sparse file even has. The symbols of a
 * {@code libjvm.so} with its full table are some 5 MB.
 */
final class ElfBytes {
  static final int MOST_AT_ONCE = 64 << 20;
  private static final long MOST_IN_ALL = 192L << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(3);

  private final ForeignFile file;
  private final long deadline = System.nanoTime() + MOST_TIME.toNanos();
  private long left = MOST_IN_ALL;

  ElfBytes(ForeignFile file) {
    this.file = file;
  }

  /** The budget for reading a file is spent; the message says which. */
  static final class Spent extends IOException {
    private static final long serialVersionUID = 1L;

    Spent(String budget) {
      super("reading this file was given up after " + budget);
    }
  }

  long fileBytes() throws IOException {
    return file.sizeBytes();
  }

  ByteBuffer at(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || length > MOST_AT_ONCE || offset > file.sizeBytes() - length) {
      throw new EOFException(length + " bytes at " + offset + " of a file of " + file.sizeBytes());
    }
    if (length > left) {
      throw new Spent((MOST_IN_ALL >> 20) + " MB");
    }
    if (System.nanoTime() - deadline > 0) {
      throw new Spent(MOST_TIME.toSeconds() + " s");
    }
    left -= length;
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    if (file.read(bytes, offset) < length) {
      throw new EOFException("file ends before " + (offset + length));
    }
    return bytes.flip();
  }
}
