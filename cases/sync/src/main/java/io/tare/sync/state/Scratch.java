package io.tare.sync.state;

import java.nio.ByteBuffer;

/** The buffers outside the heap that keys and values go through: one pair for all transactions, so that none is allocated per entry. */
final class Scratch {
  final ByteBuffer key = ByteBuffer.allocateDirect(EntryKey.MOST_BYTES);
  final ByteBuffer value = ByteBuffer.allocateDirect(1 << 16);

  ByteBuffer key(byte[] bytes) {
    key.clear().put(bytes).flip();
    return key;
  }

  ByteBuffer value(byte[] bytes) {
    value.clear().put(bytes).flip();
    return value;
  }
}
