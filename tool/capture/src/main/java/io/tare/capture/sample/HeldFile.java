package io.tare.capture.sample;

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

  private final FileChannel channel;
  private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_BYTES);
  private byte[] bytes = new byte[FIRST_BYTES];

  private HeldFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Empty when it isn't there or the kernel refuses. */
  static Optional<HeldFile> open(Path file) {
    try {
      return Optional.of(new HeldFile(FileChannel.open(file, StandardOpenOption.READ)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  /** Reads it whole; returns its length, and 0 when it can't be read (the process has ended). */
  int read() {
    try {
      buffer.clear();
      int length = channel.read(buffer, 0);
      while (length == buffer.capacity() && length < MOST_BYTES) {
        buffer = ByteBuffer.allocateDirect(length * 2);
        bytes = new byte[length * 2];
        length = channel.read(buffer, 0);
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
    channel.close();
  }
}
