package io.tare.capture.memory.hotspot;

import io.tare.capture.memory.hotspot.ReservationScan.Owned;
import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion;
import io.tare.model.jvm.JvmRegion.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds address ranges in the words of an object: a page-aligned pointer into anonymous memory that nobody owns, and beside it the
 * end of the range, or its size in bytes, words or chunks of a mark stack.
 *
 * <p>malloc hardly ever returns a page-aligned address, and its arenas are left out: what remains are reservations.
 */
final class RangePattern {
  private static final int NEIGHBOURS = 3;
  private static final long MOST_BYTES = 1L << 40;
  private static final long MARK_CHUNK_BYTES = 8192;

  private final Vm vm;
  private final Layout layout;
  private final Owned owned;
  private final Set<Long> stackSizes;
  private final OptionalLong heapStart;
  private final long page;
  private final long stackBaseAt;

  RangePattern(Vm vm, Layout layout, Owned owned) {
    this.vm = vm;
    this.layout = layout;
    this.owned = owned;
    this.stackSizes = Sizes.ofStacks(layout);
    this.heapStart = layout.regions(Purpose.HEAP).stream().map(JvmRegion::range).mapToLong(AddressRange::start)
        .findFirst();
    this.page = vm.memory().pageBytes();
    this.stackBaseAt = vm.tables().field("Thread._stack_base", "JavaThread._stack_base").map(StructTables.Field::offset)
        .orElse(-1L);
  }

  List<AddressRange> in(long[] words) {
    List<AddressRange> ranges = new ArrayList<>();
    boolean[] isEnd = new boolean[words.length];
    for (int i = 0; i < words.length; i++) {
      if (!isEnd[i] && 8L * i != stackBaseAt && isFreeStart(words[i])) {
        long end = end(words, i, isEnd);
        if (end != 0 && !couldBeStack(words, i, end - words[i])) {
          ranges.add(new AddressRange(words[i], end));
        }
      }
    }
    return ranges;
  }

  /** A thread's object keeps its stack's size beside the address; a table's keeps the table's end. */
  private boolean couldBeStack(long[] words, int at, long bytes) {
    return stackSizes.contains(bytes) && at + 1 < words.length && words[at + 1] == bytes;
  }

  private boolean isFreeStart(long word) {
    return !owned.contains(word) && vm.isReservation(word);
  }

  private long end(long[] words, int at, boolean[] isEnd) {
    long end = 0;
    for (int i = at + 1; i <= at + NEIGHBOURS && i < words.length; i++) {
      if (accepted(words[at], words[i]) != 0) {
        // The end of this range begins none, except in an object of its own.
        isEnd[i] = true;
        end = Math.max(end, words[i]);
      }
    }
    if (end == 0 && at + 1 < words.length) {
      end = bySize(words[at], words[at + 1]);
    }
    return end == 0 ? byLaw(words[at], words) : end;
  }

  /** A size in words, bytes or bits: whichever makes it what one of the collector's tables must have; else in bytes. */
  private long bySize(long start, long size) {
    if (size <= 0 || size > MOST_BYTES / 8) {
      return 0;
    }
    for (long bytes : new long[] {size, 8 * size, size / 8}) {
      if (Sizes.isLawful(layout, bytes)) {
        return accepted(start, start + bytes);
      }
    }
    long chunks = accepted(start, start + MARK_CHUNK_BYTES * size);
    return chunks != 0 && Long.bitCount(size) == 1 && endsMapping(chunks) ? chunks : accepted(start, start + size);
  }

  private boolean endsMapping(long end) {
    return vm.mappings().at(end - 1).filter(mapping -> mapping.range().end() == end).isPresent();
  }

  /** A card table's object tells the heap and the table's size; a pointer that is biased by the heap's start is no table. */
  private long byLaw(long start, long[] words) {
    long end = 0;
    boolean knowsHeap = false;
    for (long word : words) {
      if (word == start + Sizes.cardBias(layout)) {
        return 0;
      }
      knowsHeap |= heapStart.isPresent() && word == heapStart.getAsLong();
      if (end == 0 && Sizes.isLawful(layout, word)) {
        end = accepted(start, start + word);
      }
    }
    return knowsHeap ? end : 0;
  }

  /** The end, when it ends a range of whole pages that is anonymous memory throughout and nobody's; else 0. */
  private long accepted(long start, long end) {
    boolean plausible = end > start && end - start <= MOST_BYTES && (end & (page - 1)) == 0;
    return plausible && !owned.touches(start, end) && vm.isAnonymous(start, end) && !vm.holdsArena(start, end)
        ? end
        : 0;
  }

  /** The laws that side tables obey: a byte a card of 512 bytes, a bit or two an object's smallest distance. */
  static final class Sizes {
    private static final int BYTES_PER_CARD = 512;
    private static final int GUARD_BYTES = 4096;
    private static final int BYTES_PER_MARK = 64;
    private static final int BYTES_PER_TWO_MARKS = 32;

    private Sizes() {}

    static boolean isLawful(Layout layout, long bytes) {
      long heap = heapBytes(layout);
      return heap > 0
          && (isCards(heap, bytes) || bytes == heap / BYTES_PER_MARK || bytes == heap / BYTES_PER_TWO_MARKS);
    }

    /** A card table may have one card more than the heap, and with it one page. */
    private static boolean isCards(long heap, long bytes) {
      return bytes == heap / BYTES_PER_CARD || bytes == heap / BYTES_PER_CARD + GUARD_BYTES;
    }

    /** What HotSpot takes off a card table's address, so that an address shifted right finds its card. */
    static long cardBias(Layout layout) {
      return layout.regions(Purpose.HEAP).stream().mapToLong(heap -> heap.range().start() / BYTES_PER_CARD).findFirst()
          .orElse(0);
    }

    /** What a table of that size must be. */
    static String nameOf(Layout layout, long bytes) {
      long heap = heapBytes(layout);
      if (heap > 0 && (bytes == heap / BYTES_PER_MARK || bytes == heap / BYTES_PER_TWO_MARKS)) {
        return "mark bitmap";
      }
      return heap > 0 && isCards(heap, bytes) ? "card or block offset table" : "collector's table";
    }

    /** What a thread's stack can measure: a pointer with such a size beside it is one. */
    static Set<Long> ofStacks(Layout layout) {
      Set<Long> sizes = new HashSet<>();
      for (String flag : List.of("ThreadStackSize", "VMThreadStackSize", "CompilerThreadStackSize")) {
        layout.number("flag." + flag).ifPresent(kilobytes -> sizes.add(kilobytes << 10));
      }
      layout.threads().forEach(thread -> sizes.add(thread.stack().bytes()));
      return sizes;
    }

    private static long heapBytes(Layout layout) {
      return layout.regions(Purpose.HEAP).stream().map(JvmRegion::range).mapToLong(range -> range.bytes()).max()
          .orElse(0);
    }
  }
}
