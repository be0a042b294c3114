package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** A long array of longs, zero at first. */
public final class Longs implements AutoCloseable {
  private static final int SHIFT = 3;

  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final Storage.Block block;
  private final MemorySegment segment;
  private final long length;

  public Longs(Storage storage, long length) {
    this.block = storage.block(length << SHIFT);
    this.segment = block.segment();
    this.length = length;
  }

  public long length() {
    return length;
  }

  public long get(long index) {
    return segment.get(ValueLayout.JAVA_LONG, index << SHIFT);
  }

  public void set(long index, long value) {
    segment.set(ValueLayout.JAVA_LONG, index << SHIFT, value);
  }

  public void add(long index, long value) {
    set(index, get(index) + value);
  }

  /** Sets bits in a word that other threads may be setting bits in. */
  public void orAtomically(long index, long bits) {
    WORD.getAndBitwiseOr(segment, index << SHIFT, bits);
  }

  /** Gives the memory back; closing twice does no harm. */
  @Override
  public void close() {
    block.close();
  }
}
