package io.tare.heap.store;

/** How many members of a set lie below a number: turns the members of a finished {@link Bits} into 0, 1, 2 … */
public final class Ranks implements AutoCloseable {
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
    this.size = count;
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
