package io.tare.heap.store;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Long arrays of numbers outside the Java heap: the four types differ in the width of their elements only.
 *
 * <p>They are read and written hundreds of times per object of a dump. A segment of its own is asked by every access whether it is still open,
 * through a dozen methods that are compiled into every loop; here the block looks at the place, and all go through one segment that never closes.
 */
public final class BigArrays {
  private static final MemorySegment MEMORY = allOfIt();

  private BigArrays() {}

  @SuppressWarnings("restricted") // Block.at answers for the addresses
  private static MemorySegment allOfIt() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  /** A long array of bytes, zero at first. */
  public static final class Bytes implements AutoCloseable {
    private final Storage.Block block;
    private final long length;

    public Bytes(Storage storage, long length) {
      this(storage.block(length), length);
    }

    private Bytes(Storage.Block block, long length) {
      this.block = block;
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array, which is of no use after the segment. */
    public static Bytes over(MemorySegment segment) {
      return new Bytes(Storage.Block.lent(segment, 1), segment.byteSize());
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return block.segment().asSlice(0, length);
    }

    public long length() {
      return length;
    }

    public byte get(long index) {
      return MEMORY.get(ValueLayout.JAVA_BYTE, block.at(index));
    }

    public void set(long index, byte value) {
      MEMORY.set(ValueLayout.JAVA_BYTE, block.at(index), value);
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
    private static final ValueLayout.OfLong FOUR = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Storage.Block block;
    private final long length;

    public Shorts(Storage storage, long length) {
      this(storage.block(length << SHIFT), length);
    }

    private Shorts(Storage.Block block, long length) {
      this.block = block;
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array, which is of no use after the segment. */
    public static Shorts over(MemorySegment segment) {
      return new Shorts(Storage.Block.lent(segment, 1 << SHIFT), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return block.segment().asSlice(0, length << SHIFT);
    }

    public long length() {
      return length;
    }

    public short get(long index) {
      return MEMORY.get(ValueLayout.JAVA_SHORT_UNALIGNED, block.at(index << SHIFT));
    }

    /** This one and the three after it, the first in the lowest bits. */
    public long four(long index) {
      block.at((index + 3) << SHIFT);
      return MEMORY.get(FOUR, block.at(index << SHIFT));
    }

    public void set(long index, short value) {
      MEMORY.set(ValueLayout.JAVA_SHORT_UNALIGNED, block.at(index << SHIFT), value);
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
    private final long length;

    public Ints(Storage storage, long length) {
      this(storage.block(length << SHIFT), length);
    }

    private Ints(Storage.Block block, long length) {
      this.block = block;
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array, which is of no use after the segment. */
    public static Ints over(MemorySegment segment) {
      return new Ints(Storage.Block.lent(segment, 1 << SHIFT), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return block.segment().asSlice(0, length << SHIFT);
    }

    public long length() {
      return length;
    }

    public int get(long index) {
      return MEMORY.get(ValueLayout.JAVA_INT_UNALIGNED, block.at(index << SHIFT));
    }

    public void set(long index, int value) {
      MEMORY.set(ValueLayout.JAVA_INT_UNALIGNED, block.at(index << SHIFT), value);
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
    private final long length;

    public Longs(Storage storage, long length) {
      this(storage.block(length << SHIFT), length);
    }

    private Longs(Storage.Block block, long length) {
      this.block = block;
      this.length = length;
    }

    /** What a segment holds; it is not given back with the array, which is of no use after the segment. */
    public static Longs over(MemorySegment segment) {
      return new Longs(Storage.Block.lent(segment, 1 << SHIFT), segment.byteSize() >>> SHIFT);
    }

    /** The elements one after the other. */
    public MemorySegment segment() {
      return block.segment().asSlice(0, length << SHIFT);
    }

    public long length() {
      return length;
    }

    public long get(long index) {
      return MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, block.at(index << SHIFT));
    }

    public void set(long index, long value) {
      MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, block.at(index << SHIFT), value);
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
      WORD.getAndBitwiseOr(MEMORY, block.at(index << SHIFT), bits);
    }

    /** Gives the memory back; closing twice does no harm. */
    @Override
    public void close() {
      block.close();
    }
  }
}
