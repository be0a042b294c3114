package io.tare.heap.store;

import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;

/** A set of numbers below a limit, one bit each. */
public final class Bits implements AutoCloseable {
  private final Longs words;
  private final long length;

  public Bits(Storage storage, long length) {
    this.words = new Longs(storage, (length + 63) >>> 6);
    this.length = length;
  }

  private Bits(Longs words, long length) {
    this.words = words;
    this.length = length;
  }

  /** The set whose members these words have, one bit each. */
  public static Bits over(Longs words, long length) {
    return new Bits(words, length);
  }

  public long length() {
    return length;
  }

  public boolean get(long index) {
    return ((words.get(index >>> 6) >>> index) & 1) != 0;
  }

  public void set(long index) {
    long word = index >>> 6;
    words.set(word, words.get(word) | (1L << index));
  }

  public void clear(long index) {
    long word = index >>> 6;
    words.set(word, words.get(word) & ~(1L << index));
  }

  /** The first member at or after the given number, or -1. */
  public long next(long from) {
    long word = from >>> 6;
    if (from >= length) {
      return -1;
    }
    long bits = words.get(word) >>> from << from;
    while (bits == 0) {
      if (++word >= words.length()) {
        return -1;
      }
      bits = words.get(word);
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** The last member at or before the given number, or -1. */
  public long previous(long from) {
    if (from < 0) {
      return -1;
    }
    long word = from >>> 6;
    long bits = words.get(word) << ~from >>> ~from;
    while (bits == 0) {
      if (--word < 0) {
        return -1;
      }
      bits = words.get(word);
    }
    return (word << 6) + 63 - Long.numberOfLeadingZeros(bits);
  }

  public long count() {
    long count = 0;
    for (long i = 0; i < words.length(); i++) {
      count += Long.bitCount(words.get(i));
    }
    return count;
  }

  /** The members from 64 times this number on, one bit each. */
  public long word(long number) {
    return words.get(number);
  }

  public Longs words() {
    return words;
  }

  @Override
  public void close() {
    words.close();
  }

  /** How many members of a set lie below a number: turns the members of a finished {@link Bits} into 0, 1, 2 … */
  public static final class Ranks implements AutoCloseable {
    private final Longs words;
    private final Ints before;
    private final int size;

    public Ranks(Storage storage, Bits bits) {
      this.words = bits.words();
      this.before = new Ints(storage, words.length() + 1);
      int count = 0;
      for (long i = 0; i < words.length(); i++) {
        before.set(i, count);
        count += Long.bitCount(words.get(i));
      }
      before.set(words.length(), count);
      this.size = count;
    }

    private Ranks(Longs words, Ints before, int size) {
      this.words = words;
      this.before = before;
      this.size = size;
    }

    /** What was counted before: see {@link #counts}. */
    public static Ranks over(Bits bits, Ints counts) {
      return new Ranks(bits.words(), counts, counts.get(counts.length() - 1));
    }

    /** How many members lie before each word of the set, and at last how many there are. */
    public Ints counts() {
      return before;
    }

    /** How many members the set has. */
    public int size() {
      return size;
    }

    /** The number of members below {@code index}. */
    public int rank(long index) {
      long word = index >>> 6;
      return before.get(word) + Long.bitCount(words.get(word) & ((1L << index) - 1));
    }

    @Override
    public void close() {
      before.close();
    }
  }
}
