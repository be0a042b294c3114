package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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
      this(storage.block(length << SHIFT), length);
    }

    private Bytes(Storage.Block block, long length) {
      this.block = block;
      this.segment = block.segment();
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array. */
    public static Bytes over(MemorySegment segment) {
      return new Bytes(Storage.Block.lent(segment), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return segment.asSlice(0, length << SHIFT);
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
    private static final ValueLayout.OfLong FOUR = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Storage.Block block;
    private final MemorySegment segment;
    private final long length;

    public Shorts(Storage storage, long length) {
      this(storage.block(length << SHIFT), length);
    }

    private Shorts(Storage.Block block, long length) {
      this.block = block;
      this.segment = block.segment();
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array. */
    public static Shorts over(MemorySegment segment) {
      return new Shorts(Storage.Block.lent(segment), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return segment.asSlice(0, length << SHIFT);
    }

    public long length() {
      return length;
    }

    public short get(long index) {
      return segment.get(ValueLayout.JAVA_SHORT, index << SHIFT);
    }

    /** This one and the three after it, the first in the lowest bits. */
    public long four(long index) {
      return segment.get(FOUR, index << SHIFT);
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
      this(storage.block(length << SHIFT), length);
    }

    private Ints(Storage.Block block, long length) {
      this.block = block;
      this.segment = block.segment();
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array. */
    public static Ints over(MemorySegment segment) {
      return new Ints(Storage.Block.lent(segment), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return segment.asSlice(0, length << SHIFT);
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
    private static final int DIGIT = 11;

    private final Storage.Block block;
    private final MemorySegment segment;
    private final long length;

    public Longs(Storage storage, long length) {
      this(storage.block(length << SHIFT), length);
    }

    private Longs(Storage.Block block, long length) {
      this.block = block;
      this.segment = block.segment();
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array. */
    public static Longs over(MemorySegment segment) {
      return new Longs(Storage.Block.lent(segment), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return segment.asSlice(0, length << SHIFT);
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

    /** Sorts by digits of the numbers without signs, lowest first; returns the sorted one of the two and closes the other. */
    public Longs sorted(Longs room) {
      Longs from = this;
      Longs to = room;
      for (int shift = 0; shift < Long.SIZE; shift += DIGIT) {
        long[] start = new long[(1 << DIGIT) + 1];
        for (long i = 0; i < from.length; i++) {
          start[digit(from.get(i), shift) + 1]++;
        }
        for (int i = 1; i < start.length; i++) {
          start[i] += start[i - 1];
        }
        for (long i = 0; i < from.length; i++) {
          long number = from.get(i);
          to.set(start[digit(number, shift)]++, number);
        }
        Longs swap = from;
        from = to;
        to = swap;
      }
      to.close();
      return from;
    }

    private static int digit(long number, int shift) {
      return (int) (number >>> shift) & ((1 << DIGIT) - 1);
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
