package io.tare.heap.index;

import io.tare.heap.store.Ints;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Longs;
import io.tare.heap.store.Storage;
import java.util.Arrays;

/** One bit per possible address and a running count for every word: about 0.9 bytes per object, no search. */
final class BitmapIndex implements ObjectIndex {
  private static final int PAGE_BITS = AddressMarks.PAGE_BITS;
  private static final int PAGE_WORDS = AddressMarks.PAGE_WORDS;
  private static final int LONGEST_DIRECTORY = 1 << 22;

  private final int shift;
  private final long strayMask;
  private final long[] pageNumbers;
  private final long firstPage;
  private final int[] directory;
  private final LongIntMap sparseDirectory = new LongIntMap();
  private final Longs words;
  private final Ints before;
  private final int size;

  BitmapIndex(AddressMarks marks, Storage storage) {
    shift = marks.shift();
    strayMask = (1L << shift) - 1;
    pageNumbers = marks.pages().keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    firstPage = pageNumbers.length == 0 ? 0 : pageNumbers[0];
    words = new Longs(storage, (long) pageNumbers.length * PAGE_WORDS);
    before = new Ints(storage, words.length());
    directory = directory();
    size = copy(marks);
  }

  private int[] directory() {
    long span = pageNumbers.length == 0 ? 0 : pageNumbers[pageNumbers.length - 1] - firstPage + 1;
    boolean dense = span > 0 && span <= LONGEST_DIRECTORY;
    int[] slots = new int[dense ? (int) span : 0];
    for (int i = 0; i < pageNumbers.length; i++) {
      if (dense) {
        slots[(int) (pageNumbers[i] - firstPage)] = i + 1;
      } else {
        sparseDirectory.put(pageNumbers[i], i + 1);
      }
    }
    return slots;
  }

  private int copy(AddressMarks marks) {
    long count = 0;
    long at = 0;
    for (long number : pageNumbers) {
      long[] page = marks.pages().remove(number);
      for (int i = 0; page != null && i < PAGE_WORDS; i++, at++) {
        before.set(at, (int) count);
        words.set(at, page[i]);
        count += Long.bitCount(page[i]);
      }
    }
    if (count > Integer.MAX_VALUE - 2) {
      throw new IllegalStateException("the dump holds " + count + " objects, more than 2 billion");
    }
    return (int) count;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int find(long id) {
    long place = id >>> shift;
    int slot = slot(place >>> PAGE_BITS);
    if (slot == 0 || (id & strayMask) != 0) {
      return 0;
    }
    long at = (slot - 1L) * PAGE_WORDS + ((place >>> 6) & (PAGE_WORDS - 1));
    long word = words.get(at);
    if (((word >>> place) & 1) == 0) {
      return 0;
    }
    return before.get(at) + Long.bitCount(word & ((1L << place) - 1)) + 1;
  }

  private int slot(long page) {
    long offset = page - firstPage;
    if (offset >= 0 && offset < directory.length) {
      return directory[(int) offset];
    }
    return directory.length > 0 ? 0 : sparseDirectory.getOrDefault(page, 0);
  }

  @Override
  public long idOf(int number) {
    int rank = number - 1;
    long low = 0;
    long high = words.length() - 1;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (before.get(middle) <= rank) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    long word = words.get(low);
    for (int left = rank - before.get(low); left > 0; left--) {
      word &= word - 1;
    }
    long page = pageNumbers[(int) (low / PAGE_WORDS)];
    long place = (page << PAGE_BITS) + ((low % PAGE_WORDS) << 6) + Long.numberOfTrailingZeros(word);
    return place << shift;
  }

  @Override
  public void close() {
    words.close();
    before.close();
    Arrays.fill(directory, 0);
  }
}
