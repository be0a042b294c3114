package io.tare.heap.index;

import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The sorted addresses and a binary search: for address spaces that are mostly empty. */
final class SortedIndex implements ObjectIndex {
  private final Longs ids;
  private final int size;

  SortedIndex(List<IdList> lists, Storage storage) {
    long total = lists.stream().mapToLong(IdList::size).sum();
    if (total > Integer.MAX_VALUE - 2) {
      throw new IllegalStateException("the dump holds " + total + " objects, more than 2 billion");
    }
    Longs unsorted = new Longs(storage, total);
    long at = 0;
    for (IdList list : lists) {
      for (long[] chunk : list.chunks()) {
        for (long id : chunk) {
          unsorted.set(at++, id);
        }
      }
    }
    ids = unsorted.sorted(new Longs(storage, total));
    size = (int) unique(ids);
  }

  SortedIndex(Sections from) {
    ids = Longs.over(from.get("ids"));
    size = (int) ids.length();
  }

  @Override
  public void write(SectionWriter to) throws IOException {
    to.add("ids", ids.segment().asSlice(0, (long) size * Long.BYTES));
  }

  private static long unique(Longs sorted) {
    long count = 0;
    for (long i = 0; i < sorted.length(); i++) {
      long id = sorted.get(i);
      if (count == 0 || id != sorted.get(count - 1)) {
        sorted.set(count++, id);
      }
    }
    return count;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int find(long id) {
    long low = 0;
    long high = size - 1L;
    while (low <= high) {
      long middle = (low + high) >>> 1;
      int order = Long.compareUnsigned(ids.get(middle), id);
      if (order == 0) {
        return (int) middle + 1;
      }
      low = order < 0 ? middle + 1 : low;
      high = order < 0 ? high : middle - 1;
    }
    return 0;
  }

  @Override
  public long idOf(int number) {
    return ids.get(number - 1L);
  }

  @Override
  public void close() {
    ids.close();
  }

  /** A growing list of addresses in chunks, on the Java heap. */
  static final class IdList {
    private static final int CHUNK = 1 << 14;

    private final List<long[]> chunks = new ArrayList<>();
    private long[] last = new long[0];
    private int used;

    void add(long id) {
      if (used == last.length) {
        last = new long[CHUNK];
        chunks.add(last);
        used = 0;
      }
      last[used++] = id;
    }

    long size() {
      return chunks.isEmpty() ? 0 : (chunks.size() - 1L) * CHUNK + used;
    }

    List<long[]> chunks() {
      List<long[]> all = new ArrayList<>(chunks);
      if (!all.isEmpty()) {
        all.set(all.size() - 1, Arrays.copyOf(last, used));
      }
      return all;
    }
  }
}
