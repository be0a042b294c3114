package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.go.PageAllocator.ChunkBits;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The spans that the runtime cut its heap into ({@code mheap_.allspans}), by use. The fields that differ by version are found through
 * one that can be told: the end of a span's data, before which the state stands.
 *
 * @param table where the list of spans lies
 * @param stackBytes of goroutines; the work lists of a collection that runs at this moment look the same and are in it
 */
record Spans(AddressRange table, long heapBytes, long stackBytes) {
  private static final int SEARCHED_BYTES = 1024;
  private static final int MOST_SPANS = 1 << 24;
  private static final int SPAN_BYTES = 160;
  private static final int START_AT = 24;
  private static final int PAGES_AT = 32;
  private static final int FIRST_END_AT = 80;
  private static final int STATE_BEFORE_END = 13;
  private static final int SAMPLE = 200;
  private static final int IN_USE = 1;
  private static final int MANUAL = 2;

  /** Counts the spans; empty when the list is not where it should be. */
  static Optional<Spans> count(ProcessMemory memory, PageAllocator pages) {
    long from = pages.address() + PageAllocator.AFTER_INDEX;
    for (long at = from; at < from + SEARCHED_BYTES; at += Long.BYTES) {
      long table = memory.u64(at).orElse(0);
      long count = memory.u64(at + Long.BYTES).orElse(0);
      long capacity = memory.u64(at + 2 * Long.BYTES).orElse(0);
      if (table > 0 && count > 0 && count <= capacity && count < MOST_SPANS) {
        Optional<Spans> spans = new Reader(memory, pages).read(AddressRange.ofSize(table, capacity * Long.BYTES),
            (int) count);
        if (spans.isPresent()) {
          return spans;
        }
      }
    }
    return Optional.empty();
  }

  private record Reader(ProcessMemory memory, PageAllocator pages) {

    Optional<Spans> read(AddressRange table, int count) {
      List<ByteBuffer> sample = spans(table.start(), Math.min(count, SAMPLE));
      OptionalInt end = endOffset(sample);
      // The list keeps spans that were freed: they may lie nowhere.
      if (sample.size() * 2 < Math.min(count, SAMPLE) || end.isEmpty()) {
        return Optional.empty();
      }
      long heap = 0;
      long stacks = 0;
      for (ByteBuffer span : spans(table.start(), count)) {
        long bytes = span.getLong(PAGES_AT) * ChunkBits.PAGE_BYTES;
        int state = span.get(end.getAsInt() - STATE_BEFORE_END);
        heap += state == IN_USE ? bytes : 0;
        stacks += state == MANUAL ? bytes : 0;
      }
      return Optional.of(new Spans(table, heap, stacks));
    }

    private List<ByteBuffer> spans(long table, int count) {
      List<ByteBuffer> spans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long span = memory.u64(table + (long) i * Long.BYTES).orElse(0);
        Optional<byte[]> bytes = span > 0 ? memory.read(span, SPAN_BYTES) : Optional.empty();
        bytes.map(ProcessMemory::inOrder).filter(this::isInHeap).ifPresent(spans::add);
      }
      return spans;
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
