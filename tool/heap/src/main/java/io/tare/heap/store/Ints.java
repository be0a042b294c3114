package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A long array of ints, zero at first. */
public final class Ints implements AutoCloseable {
  private static final int SHIFT = 2;

  private final Storage.Block block;
  private final MemorySegment segment;
  private final long length;

  public Ints(Storage storage, long length) {
    this.block = storage.block(length << SHIFT);
    this.segment = block.segment();
    this.length = length;
  }

  public long length() {
    return length;
  }

  public int get(long index) {
    return segment.get(ValueLayout.JAVA_INT, index << SHIFT);
  }

  public void set(long index, int value) {
    segment.set(ValueLayout.JAVA_INT, index << SHIFT, value);
  }

  public void fill(int value) {
    for (long i = 0; i < length; i++) {
      set(i, value);
    }
  }

  public void add(long index, int value) {
    set(index, get(index) + value);
  }

  /** Gives the memory back; closing twice does no harm. */
  @Override
  public void close() {
    block.close();
  }
}
