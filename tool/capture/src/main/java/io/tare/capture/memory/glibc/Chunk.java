package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** How glibc writes the size of a chunk: the second word of its head, with three flags in the low bits. */
final class Chunk {
  /** Of the blocks that chunks hold, whatever the width of a word. */
  static final int ALIGNMENT = 16;

  private static final long PREVIOUS_IN_USE = 1;
  private static final long MAPPED = 2;
  private static final long FLAGS = 7;

  private Chunk() {}

  static long size(long sizeField) {
    return sizeField & ~FLAGS;
  }

  static boolean previousInUse(long sizeField) {
    return (sizeField & PREVIOUS_IN_USE) != 0;
  }

  static boolean isMapped(long sizeField) {
    return (sizeField & FLAGS) == MAPPED;
  }

  /** Whether this can be the size field of a chunk of an arena with so much room left; fences and the top are multiples of a head only. */
  static boolean isSane(long sizeField, long room, WordWidth width) {
    long size = size(sizeField);
    return sizeField != WordWindow.ABSENT && (sizeField & MAPPED) == 0 && size >= width.headBytes()
        && size % width.headBytes() == 0 && size <= room;
  }

  /** The words of a range, read front to back a piece at a time; words of absent pages are {@link #ABSENT}. */
  static final class WordWindow {
    /** No size of a chunk and no link looks like this. */
    static final long ABSENT = -1;
    private static final int WINDOW_BYTES = 256 << 10;

    private final ProcessMemory memory;
    private final WordWidth width;
    private final byte[] bytes = new byte[WINDOW_BYTES];
    private final ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    private final boolean[] present;
    private final int pageBytes;
    private AddressRange range = new AddressRange(0, 0);
    private long base = -1;

    WordWindow(ProcessMemory memory, WordWidth width) {
      this.memory = memory;
      this.width = width;
      this.pageBytes = memory.pageBytes();
      this.present = new boolean[WINDOW_BYTES / pageBytes];
    }

    /** Looks at this range from now on, and forgets what was read before. */
    WordWindow over(AddressRange next) {
      range = next;
      base = -1;
      return this;
    }

    WordWidth width() {
      return width;
    }

    int pageBytes() {
      return pageBytes;
    }

    /** The word at an address that is a multiple of its width. */
    long at(long address) {
      if (!range.contains(address) || (address & (width.bytes() - 1)) != 0) {
        return ABSENT;
      }
      long wanted = address - address % WINDOW_BYTES;
      if (wanted != base) {
        load(wanted);
      }
      int offset = (int) (address - base);
      return present[offset / pageBytes] ? width.word(words, offset) : ABSENT;
    }

    private void load(long from) {
      base = from;
      Arrays.fill(present, false);
      AddressRange window = AddressRange.ofSize(from, WINDOW_BYTES).intersection(range);
      for (AddressRange run : memory.presentRuns(window)) {
        int offset = (int) (run.start() - base);
        if (memory.readInto(run.start(), bytes, offset, (int) run.bytes())) {
          Arrays.fill(present, offset / pageBytes, (int) ((offset + run.bytes() + pageBytes - 1) / pageBytes), true);
        }
      }
    }
  }
}
