package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Long arrays of numbers outside the Java heap: the four types differ in the width of their elements only. */
public final class BigArrays {
  private BigArrays() {}

  /** A long array of bytes, zero at first. */
  public static final class Bytes implements AutoCloseable {
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

  /** A long array of shorts, zero at first. */
  public static final class Shorts implements AutoCloseable {
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

  /** A long array of ints, zero at first. */
  public static final class Ints implements AutoCloseable {
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

  /** A long array of longs, zero at first. */
  public static final class Longs implements AutoCloseable {
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
}
