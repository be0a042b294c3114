package io.tare.heap.index;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The set of all object addresses as one bit per {@code 1 << shift} bytes of address space, in pages that exist only where
 * objects are. Filled by several threads, each through a {@link Marker} of its own.
 */
final class AddressMarks {
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
