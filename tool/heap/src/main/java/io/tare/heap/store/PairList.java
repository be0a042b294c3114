package io.tare.heap.store;

import io.tare.heap.store.BigArrays.Longs;
import java.util.ArrayList;
import java.util.List;

/** A growing list of pairs of numbers outside the Java heap, in chunks: it never copies what it holds. */
public final class PairList implements AutoCloseable {
  private static final int CHUNK_SHIFT = 17;
  private static final int CHUNK = 1 << CHUNK_SHIFT;

  private final Storage storage;
  private final List<Longs> chunks = new ArrayList<>();
  private long size;

  public PairList(Storage storage) {
    this.storage = storage;
  }

  public long size() {
    return size;
  }

  public int first(long index) {
    return (int) (get(index) >>> 32);
  }

  public int second(long index) {
    return (int) get(index);
  }

  public void add(int first, int second) {
    if ((size & (CHUNK - 1)) == 0) {
      chunks.add(new Longs(storage, CHUNK));
    }
    set(size++, first, second);
  }

  public void set(long index, int first, int second) {
    chunks.get((int) (index >>> CHUNK_SHIFT)).set(index & (CHUNK - 1), ((long) first << 32) | (second & 0xffff_ffffL));
  }

  private long get(long index) {
    return chunks.get((int) (index >>> CHUNK_SHIFT)).get(index & (CHUNK - 1));
  }

  @Override
  public void close() {
    chunks.forEach(Longs::close);
  }
}
