package io.tare.heap.index;

import io.tare.heap.index.DumpIndex.ObjectIndex;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.Packed;
import io.tare.heap.store.SectionWriter;
import io.tare.heap.store.Sections;
import io.tare.heap.store.Storage;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

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

  BitmapIndex(Sections from) {
    Packed.In in = from.packed("pages");
    shift = in.i4();
    strayMask = (1L << shift) - 1;
    size = in.i4();
    pageNumbers = new long[in.i4()];
    for (int i = 0; i < pageNumbers.length; i++) {
      pageNumbers[i] = in.i8();
    }
    firstPage = pageNumbers.length == 0 ? 0 : pageNumbers[0];
    words = Longs.over(from.get("addresses"));
    before = Ints.over(from.get("objects before"));
    directory = directory();
  }

  @Override
  public void write(SectionWriter to) throws IOException {
    Packed.Out out = new Packed.Out();
    out.i4(shift);
    out.i4(size);
    out.i4(pageNumbers.length);
    for (long page : pageNumbers) {
      out.i8(page);
    }
    to.add("pages", out);
    to.add("addresses", words.segment());
    to.add("objects before", before.segment());
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
    return idOf(rank, wordOf(rank, 0, words.length() - 1));
  }

  /** The last word before which there are no more objects than this. */
  private long wordOf(int rank, long from, long to) {
    long low = from;
    long high = to;
    while (low < high) {
      long middle = (low + high + 1) >>> 1;
      if (before.get(middle) <= rank) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long idOf(int rank, long at) {
    long word = words.get(at);
    for (int left = rank - before.get(at); left > 0; left--) {
      word &= word - 1;
    }
    long page = pageNumbers[(int) (at / PAGE_WORDS)];
    long place = (page << PAGE_BITS) + ((at % PAGE_WORDS) << 6) + Long.numberOfTrailingZeros(word);
    return place << shift;
  }

  @Override
  public Ascending ascending() {
    return new Forward();
  }

  /** Looks on from where it found the last one, farther and farther. */
  private final class Forward implements Ascending {
    private long at;

    @Override
    public long idOf(int number) {
      int rank = number - 1;
      long last = words.length() - 1;
      long from = before.get(at) <= rank ? at : 0;
      long step = 1;
      long to = from;
      while (to < last && before.get(to) <= rank) {
        from = to;
        to = Math.min(last, to + step);
        step *= 2;
      }
      at = wordOf(rank, from, to);
      return BitmapIndex.this.idOf(rank, at);
    }
  }

  @Override
  public void close() {
    words.close();
    before.close();
    Arrays.fill(directory, 0);
  }

  /**
   * The set of all object addresses as one bit per {@code 1 << shift} bytes of address space, in pages that exist only where
   * objects are. Filled by several threads, each through a {@link Marker} of its own.
   */
  static final class AddressMarks {
    static final int PAGE_BITS = 15;
    static final int PAGE_WORDS = 1 << (PAGE_BITS - 6);

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);

    private final ConcurrentMap<Long, long[]> pages = new ConcurrentHashMap<>();
    private final int shift;
    private final long mostPages;
    private final AtomicLong strayBits = new AtomicLong();

    AddressMarks(int shift, long mostBytes) {
      this.shift = shift;
      this.mostPages = Math.max(mostBytes / (PAGE_WORDS * 8), 16);
    }

    int shift() {
      return shift;
    }

    ConcurrentMap<Long, long[]> pages() {
      return pages;
    }

    /** The addresses are so far apart that this form is a waste. */
    boolean tooSparse() {
      return pages.size() > mostPages;
    }

    /** The shift that no address would lose bits by; not more than the present one. */
    int neededShift() {
      long stray = strayBits.get();
      return stray == 0 ? shift : Math.min(shift, Long.numberOfTrailingZeros(stray));
    }

    Marker marker() {
      return new Marker();
    }

    /** Gathers the bits of one word before it touches the shared page: neighbours in the file are neighbours in the heap. */
    final class Marker {
      private long wordNumber = -1;
      private long word;
      private long pageNumber = -1;
      private long @Nullable [] page;
      private long stray;

      void mark(long id) {
        long place = id >>> shift;
        stray |= id & ((1L << shift) - 1);
        if (place >>> 6 != wordNumber) {
          flush();
          wordNumber = place >>> 6;
        }
        word |= 1L << place;
      }

      /** To be called after the last one. */
      void flush() {
        if (word == 0) {
          return;
        }
        long number = wordNumber >>> (PAGE_BITS - 6);
        long[] target = page;
        if (target == null || number != pageNumber) {
          target = page(number);
          page = target;
          pageNumber = number;
        }
        WORD.getAndBitwiseOr(target, (int) wordNumber & (PAGE_WORDS - 1), word);
        word = 0;
        strayBits.accumulateAndGet(stray, (a, b) -> a | b);
      }

      private long[] page(long number) {
        long[] known = pages.get(number);
        if (known != null) {
          return known;
        }
        // Too sparse already: the pass is repeated in the other form, this one only has to stay small.
        return tooSparse() ? new long[PAGE_WORDS] : pages.computeIfAbsent(number, key -> new long[PAGE_WORDS]);
      }
    }
  }
}
