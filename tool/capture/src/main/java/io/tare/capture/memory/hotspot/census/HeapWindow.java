package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A stretch of the heap at a time: its present pages, what an archive's file holds for those that were never touched, and zeros for the
 * others. No object begins with a zero.
 */
final class HeapWindow {
  static final int BYTES = 1 << 18;
  /** So that a header which claims to begin in the last word can be read. */
  private static final int SLACK_WORDS = 4;
  private static final boolean LOW_HALF_FIRST = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private final ProcessMemory memory;
  /** The other addresses of the same memory. */
  private final LongFunction<List<Long>> elsewhere;
  private final MappingIndex mappings;
  private final int pageBytes;
  private final long[] words = new long[BYTES / Long.BYTES + SLACK_WORDS];
  private long start;
  private long end;
  private long bytesSeen;
  private final Traces traces = new Traces();

  HeapWindow(ProcessMemory memory, MappingIndex mappings, LongFunction<List<Long>> elsewhere) {
    this.memory = memory;
    this.elsewhere = elsewhere;
    this.mappings = mappings;
    this.pageBytes = memory.pageBytes();
  }

  /** The window's content, from {@link #start} on. */
  long[] words() {
    return words;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  /** Present bytes that were looked at so far. */
  long bytesSeen() {
    return bytesSeen;
  }

  /** A few words of all that was seen since they were cleared. */
  Traces traces() {
    return traces;
  }

  /** What was read is out of date. */
  void forget() {
    start = 0;
    end = 0;
  }

  /** By how much a word is to be shifted so that what stands at this address is its lower half. */
  static int halfShift(long address) {
    return (address & Integer.BYTES) == 0 == LOW_HALF_FIRST ? 0 : Integer.SIZE;
  }

  /** The word at an address that the window holds. */
  long word(long address) {
    return words[(int) (address - start) >> 3];
  }

  int halfWord(long address) {
    return (int) (word(address) >>> halfShift(address));
  }

  /** A word elsewhere in the heap; zero when its page is absent. */
  long otherWord(long address) {
    return memory.u64(address).orElse(0);
  }

  int otherHalfWord(long address) {
    return (int) memory.u32(address).orElse(0);
  }

  int pageBytes() {
    return pageBytes;
  }

  boolean holds(long address, int length) {
    return address >= start && address + length <= end;
  }

  /** Moves the window so that it begins with the page of this address, and ends at the latest with that of {@code top}. */
  void moveTo(long address, long top) {
    start = address & -(long) pageBytes;
    end = Math.min(start + BYTES, (top + pageBytes - 1) & -(long) pageBytes);
    long at = start;
    for (AddressRange run : memory.readPresent(new AddressRange(start, end), words)) {
      absent(at, run.start());
      bytesSeen += run.bytes();
      at = run.end();
    }
    absent(at, end);
    traces.see(this);
  }

  private void absent(long from, long to) {
    if (from >= to) {
      return;
    }
    zero(from, to);
    for (long at = from; at < to;) {
      Optional<Mapping> mapping = mappings.at(at);
      boolean isElsewhere = !elsewhere.apply(at).isEmpty();
      if (mapping.isPresent() && mapping.get().hasPath() && (isElsewhere || !mapping.get().isSharedMapping())) {
        long stop = Math.min(to, mapping.get().range().end());
        for (; at < stop; at += pageBytes) {
          fill(at);
        }
      } else {
        at = mapping.map(known -> known.range().end()).orElse(to);
      }
    }
  }

  private void fill(long page) {
    int at = index(page);
    for (long other : elsewhere.apply(page)) {
      if (memory.isPresent(other) && memory.readWords(other, words, at, pageBytes >> 3)) {
        bytesSeen += pageBytes;
        return;
      }
    }
    if (elsewhere.apply(page).isEmpty()) {
      memory.readWords(page, words, at, pageBytes >> 3);
    }
  }

  private void zero(long from, long to) {
    Arrays.fill(words, index(from), index(to), 0);
  }

  private int index(long address) {
    return (int) (address - start) >> 3;
  }
}
