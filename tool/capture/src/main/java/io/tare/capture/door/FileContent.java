package io.tare.capture.door;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A regular file that is open for reading at any place. */
public interface FileContent extends Closeable {
  long sizeBytes() throws IOException;

  /** Reads from that offset until the buffer is full or the file ends; returns how many bytes there were. */
  int read(ByteBuffer into, long offset) throws IOException;

  /**
   * Opens what a process executes, by its link {@code exe} in the running system's own {@code /proc}. Nothing has to be looked at first, which takes
   * calls that are expensive to set up: the kernel executes regular files only, and grants nobody the lease of a file that others read.
   */
  static FileContent executed(Path kernelLink) throws IOException {
    FileChannel channel = FileChannel.open(kernelLink, StandardOpenOption.READ);
    return new FileContent() {
      @Override
      public long sizeBytes() throws IOException {
        return channel.size();
      }

      @Override
      public int read(ByteBuffer into, long offset) throws IOException {
        return FileContent.read(channel, into, offset);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  static int read(FileChannel channel, ByteBuffer into, long offset) throws IOException {
    int before = into.position();
    int count = offset < 0 || offset > Long.MAX_VALUE - into.remaining() ? -1 : 1;
    while (into.hasRemaining() && count > 0) {
      count = channel.read(into, offset + into.position() - before);
    }
    return into.position() - before;
  }
}
