package io.tare.capture.memory.elf;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The file's bytes by offset. Read, never mapped: a file that shrinks under a mapping would end this process. */
record ElfBytes(FileChannel file) {
  static final int MOST_AT_ONCE = 256 << 20;

  ByteBuffer at(long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || length > MOST_AT_ONCE || offset > file.size() - length) {
      throw new EOFException(length + " bytes at " + offset + " of a file of " + file.size());
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, offset + bytes.position()) <= 0) {
        throw new EOFException("file ends at " + (offset + bytes.position()));
      }
    }
    return bytes.flip();
  }
}
