package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A long array of shorts, zero at first. */
public final class Shorts implements AutoCloseable {
  private static final int SHIFT = 1;

  private final Storage.Block block;
  private final MemorySegment segment;
  private final long length;

  public Shorts(Storage storage, long length) {
    this.block = storage.block(length << SHIFT);
    this.segment = block.segment();
    this.length = length;
  }

  public long length() {
    return length;
  }

  public short get(long index) {
    return segment.get(ValueLayout.JAVA_SHORT, index << SHIFT);
  }

  public void set(long index, short value) {
    segment.set(ValueLayout.JAVA_SHORT, index << SHIFT, value);
  }

  /** Gives the memory back; closing twice does no harm. */
  @Override
  public void close() {
    block.close();
  }
}
