package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A long array of bytes, zero at first. */
public final class Bytes implements AutoCloseable {
  private static final int SHIFT = 0;

  private final Storage.Block block;
  private final MemorySegment segment;
  private final long length;

  public Bytes(Storage storage, long length) {
    this.block = storage.block(length << SHIFT);
    this.segment = block.segment();
    this.length = length;
  }

  public long length() {
    return length;
  }

  public byte get(long index) {
    return segment.get(ValueLayout.JAVA_BYTE, index << SHIFT);
  }

  public void set(long index, byte value) {
    segment.set(ValueLayout.JAVA_BYTE, index << SHIFT, value);
  }

  /** Gives the memory back; closing twice does no harm. */
  @Override
  public void close() {
    block.close();
  }
}
