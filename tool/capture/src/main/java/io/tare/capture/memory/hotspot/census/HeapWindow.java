package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
  static final int BYTES = 1 << 20;
  /** So that a header which claims to begin in the last word can be read. */
  private static final int SLACK = 32;
  private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final VarHandle HALF_WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

  private final ProcessMemory memory;
  /** The other addresses of the same memory. */
  private final LongFunction<List<Long>> elsewhere;
  private final MappingIndex mappings;
  private final int pageBytes;
  private final byte[] bytes;
  private long start;
  private long end;
  private long bytesSeen;

  HeapWindow(ProcessMemory memory, MappingIndex mappings, LongFunction<List<Long>> elsewhere) {
    this.memory = memory;
    this.elsewhere = elsewhere;
    this.mappings = mappings;
    this.pageBytes = memory.pageBytes();
    this.bytes = new byte[BYTES + SLACK];
  }

  /** The window's content, from {@link #start} on. */
  byte[] bytes() {
    return bytes;
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

  /** What was read is out of date. */
  void forget() {
    start = 0;
    end = 0;
  }

  static long word(byte[] bytes, int at) {
    return (long) WORD.get(bytes, at);
  }

  static int halfWord(byte[] bytes, int at) {
    return (int) HALF_WORD.get(bytes, at);
  }

  /** The word at an address that the window holds. */
  long word(long address) {
    return word(bytes, (int) (address - start));
  }

  int halfWord(long address) {
    return halfWord(bytes, (int) (address - start));
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
    for (AddressRange run : memory.presentRuns(new AddressRange(start, end))) {
      absent(at, run.start());
      if (memory.readInto(run.start(), bytes, (int) (run.start() - start), (int) run.bytes())) {
        bytesSeen += run.bytes();
      } else {
        zero(run.start(), run.end());
      }
      at = run.end();
    }
    absent(at, end);
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
    int at = (int) (page - start);
    for (long other : elsewhere.apply(page)) {
      if (memory.isPresent(other) && memory.readInto(other, bytes, at, pageBytes)) {
        bytesSeen += pageBytes;
        return;
      }
    }
    if (elsewhere.apply(page).isEmpty()) {
      memory.read(page, pageBytes).ifPresent(content -> System.arraycopy(content, 0, bytes, at, pageBytes));
    }
  }

  private void zero(long from, long to) {
    Arrays.fill(bytes, (int) (from - start), (int) (to - start), (byte) 0);
  }
}
