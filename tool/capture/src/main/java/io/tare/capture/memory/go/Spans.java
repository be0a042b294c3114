package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.PageAllocator.ChunkBits;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The spans that the runtime cut its heap into ({@code mheap_.allspans}), by use. The fields that differ by version are found through
 * one that can be told: the end of a span's data, before which the state and the element size stand.
 *
 * @param table where the list of spans lies
 * @param address of {@code allspans} itself
 * @param stacks of goroutines
 * @param workBufs the work lists of collections
 * @param samples where some of the spans' descriptions lie
 * @param markBits the pages that the spans' mark bits lie in
 */
record Spans(AddressRange table, long address, long heapBytes, Manual stacks, Manual workBufs, List<Long> samples,
    Set<Long> markBits) {
  private static final int SEARCHED_BYTES = 1024;
  private static final int MOST_SPANS = 1 << 24;
  private static final int SPAN_BYTES = 160;
  private static final int START_AT = 24;
  private static final int PAGES_AT = 32;
  private static final int FIRST_BITS_AT = 64;
  private static final int LAST_BITS_AT = 80;
  private static final int FIRST_END_AT = 80;
  private static final int SIZE_BEFORE_END = 8;
  private static final int STATE_BEFORE_END = 13;
  private static final int SAMPLE = 200;
  private static final int MOST_MARK_PAGES = 1 << 18;
  private static final int IN_USE = 1;
  private static final int MANUAL = 2;

  Spans {
    samples = List.copyOf(samples);
    markBits = Set.copyOf(markBits);
  }

  /** Spans that the runtime manages by hand, and what of them is in memory. */
  record Manual(long bytes, long residentBytes) {
    Manual plus(long more, long moreResident) {
      return new Manual(bytes + more, residentBytes + moreResident);
    }
  }

  /** Counts the spans; empty when the list is not where it should be. */
  static Optional<Spans> count(ProcessMemory memory, PageAllocator pages) {
    long from = pages.address() + PageAllocator.AFTER_INDEX;
    for (long at = from; at < from + SEARCHED_BYTES; at += Long.BYTES) {
      long table = memory.u64(at).orElse(0);
      long count = memory.u64(at + Long.BYTES).orElse(0);
      long capacity = memory.u64(at + 2 * Long.BYTES).orElse(0);
      if (table > 0 && count > 0 && count <= capacity && capacity < MOST_SPANS) {
        Optional<Spans> spans = new Reader(memory, pages, AddressRange.ofSize(table, capacity * Long.BYTES))
            .read(at, (int) count);
        if (spans.isPresent()) {
          return spans;
        }
      }
    }
    return Optional.empty();
  }

  private record Reader(ProcessMemory memory, PageAllocator pages, AddressRange table) {

    Optional<Spans> read(long address, int count) {
      List<ByteBuffer> sample = new ArrayList<>();
      List<Long> samples = new ArrayList<>();
      int step = Math.max(1, count / SAMPLE);
      for (int i = 0; i < count; i += step) {
        long span = address(i);
        span(span).ifPresent(found -> {
          sample.add(found);
          samples.add(span);
        });
      }
      OptionalInt end = endOffset(sample);
      // The list keeps spans that were freed: they may lie nowhere.
      if (sample.size() * 2 < Math.min(count, SAMPLE) || end.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(sums(address, count, end.getAsInt(), samples));
    }

    private Spans sums(long address, int count, int end, List<Long> samples) {
      long heap = 0;
      Manual stacks = new Manual(0, 0);
      Manual workBufs = new Manual(0, 0);
      Set<Long> markBits = new HashSet<>();
      for (int i = 0; i < count && !memory.budgetExceeded(); i++) {
        Optional<ByteBuffer> found = span(address(i));
        int state = found.map(span -> (int) span.get(end - STATE_BEFORE_END)).orElse(0);
        if (state == IN_USE) {
          heap += bytes(found.get());
          addMarkBits(found.get(), markBits);
        } else if (state == MANUAL) {
          long bytes = bytes(found.get());
          // Stacks of one size share a span, which knows the size; the work lists have none.
          if (found.get().getLong(end - SIZE_BEFORE_END) != 0) {
            stacks = stacks.plus(bytes, resident(found.get()));
          } else {
            workBufs = workBufs.plus(bytes, resident(found.get()));
          }
        }
      }
      return new Spans(table, address, heap, stacks, workBufs, samples, markBits);
    }

    private long address(int index) {
      return memory.u64(table.start() + (long) index * Long.BYTES).orElse(0);
    }

    private Optional<ByteBuffer> span(long address) {
      return address > 0
          ? memory.read(address, SPAN_BYTES).map(ProcessMemory::inOrder).filter(this::isInHeap)
          : Optional.empty();
    }

    private static long bytes(ByteBuffer span) {
      return span.getLong(PAGES_AT) * ChunkBits.PAGE_BYTES;
    }

    private long resident(ByteBuffer span) {
      return memory.presentRuns(AddressRange.ofSize(span.getLong(START_AT), bytes(span))).stream()
          .mapToLong(AddressRange::bytes).sum();
    }

    private void addMarkBits(ByteBuffer span, Set<Long> markBits) {
      for (int at = FIRST_BITS_AT; at <= LAST_BITS_AT && markBits.size() < MOST_MARK_PAGES; at += Long.BYTES) {
        long bits = span.getLong(at);
        if (bits > 0) {
          markBits.add(bits & -memory.pageBytes());
        }
      }
    }

    private boolean isInHeap(ByteBuffer span) {
      long start = span.getLong(START_AT);
      long count = span.getLong(PAGES_AT);
      return start % ChunkBits.PAGE_BYTES == 0 && count > 0 && count < MOST_SPANS
          && pages.arenas().stream().anyMatch(arena -> arena.contains(start));
    }

    /** Where the end of a span's data stands: right after its element size, in most spans of the sample. */
    private static OptionalInt endOffset(List<ByteBuffer> sample) {
      for (int at = FIRST_END_AT; at + Long.BYTES <= SPAN_BYTES; at += Long.BYTES) {
        int offset = at;
        long fitting = sample.stream().filter(span -> endsAt(span, offset)).count();
        if (fitting * 2 > sample.size()) {
          return OptionalInt.of(at);
        }
      }
      return OptionalInt.empty();
    }

    private static boolean endsAt(ByteBuffer span, int offset) {
      long start = span.getLong(START_AT);
      long end = span.getLong(offset);
      return end > start && end <= start + span.getLong(PAGES_AT) * ChunkBits.PAGE_BYTES;
    }
  }
}
