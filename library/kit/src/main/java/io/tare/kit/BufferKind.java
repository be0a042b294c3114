package io.tare.kit;

import java.nio.ByteBuffer;

/** Where a buffer's bytes are. */
public enum BufferKind {
  /** In the Java heap. */
  HEAP {
    @Override
    ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocate(bytes);
    }
  },
  /** Outside the Java heap, for channels. */
  DIRECT {
    @Override
    ByteBuffer allocate(int bytes) {
      return ByteBuffer.allocateDirect(bytes);
    }
  };

  abstract ByteBuffer allocate(int bytes);
}
