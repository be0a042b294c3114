package io.tare.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Buffers of one size. */
record BufferCare(BufferKind kind, int bytes) implements Care<ByteBuffer> {
  private static final byte POISON = (byte) 0xDB;

  @Override
  public ByteBuffer make() {
    return kind.allocate(bytes);
  }

  @Override
  public long weight() {
    return bytes;
  }

  @Override
  public void reset(ByteBuffer buffer) {
    buffer.clear().order(ByteOrder.BIG_ENDIAN);
  }

  @Override
  public void poison(ByteBuffer buffer) {
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, POISON);
    }
  }

  @Override
  public boolean untouched(ByteBuffer buffer) {
    if (buffer.position() != 0 || buffer.limit() != buffer.capacity()) {
      return false;
    }
    for (int i = 0; i < buffer.capacity(); i++) {
      if (buffer.get(i) != POISON) {
        return false;
      }
    }
    return true;
  }
}
