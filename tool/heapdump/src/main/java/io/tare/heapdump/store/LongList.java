package io.tare.heapdump.store;

/** A growing list of longs outside the Java heap. */
public final class LongList implements AutoCloseable {
  private final Storage storage;
  private Longs values;
  private long size;

  public LongList(Storage storage) {
    this.storage = storage;
    this.values = new Longs(storage, 1 << 12);
  }

  public long size() {
    return size;
  }

  public long get(long index) {
    return values.get(index);
  }

  public void add(long value) {
    if (size == values.length()) {
      Longs longer = new Longs(storage, size + (size >>> 1));
      for (long i = 0; i < size; i++) {
        longer.set(i, values.get(i));
      }
      values.close();
      values = longer;
    }
    values.set(size++, value);
  }

  @Override
  public void close() {
    values.close();
  }
}
