package io.tare.capture.sample;

import io.tare.capture.door.ForeignFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A small file that is read from its beginning again and again, through one descriptor and one buffer. */
final class HeldFile implements AutoCloseable {
  private static final int FIRST_BYTES = 4 << 10;
  private static final int MOST_BYTES = 1 << 20;

  /** Reads from an offset into a buffer, as a file's channel does. */
  private interface Source {
    int read(ByteBuffer into, long offset) throws IOException;
  }

  private final Source source;
  private final Closeable file;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
  private byte[] bytes = new byte[FIRST_BYTES];

  private HeldFile(Source source, Closeable file) {
    this.source = source;
    this.file = file;
  }

  /** A file that a target controls, checked already. */
  static HeldFile of(ForeignFile file) {
    return new HeldFile(file::read, file);
  }

  /** A file of the kernel; empty when it isn't there or the kernel refuses. */
  static Optional<HeldFile> open(Path path) {
    try {
      FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
      return Optional.of(new HeldFile(file::read, file));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads it whole; returns its length, and 0 when it can't be read (the process has ended). */
  int read() {
    try {
      buffer.clear();
      int length = source.read(buffer, 0);
      while (length == buffer.capacity() && length < MOST_BYTES) {
        buffer = ByteBuffer.allocateDirect(length * 2);
        bytes = new byte[length * 2];
        length = source.read(buffer, 0);
      }
      if (length > 0) {
        buffer.flip().get(bytes, 0, length);
      }
      return Math.max(0, length);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** What was read last; only the first bytes, as many as {@link #read} said, are of that reading. */
  byte[] bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
