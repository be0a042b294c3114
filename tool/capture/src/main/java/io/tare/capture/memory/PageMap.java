package io.tare.capture.memory;

import io.tare.model.AddressRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code /proc/PID/pagemap}: eight bytes a page, of which bit 63 says present and bit 62 swapped. */
final class PageMap {
  private static final long PRESENT = 1L << 63;
  private static final long SWAPPED = 1L << 62;
  private static final int MOST_ENTRIES = 1 << 13;

  private final FileChannel channel;
  private final int pageBytes;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_ENTRIES * Long.BYTES).order(ByteOrder.nativeOrder());

  PageMap(FileChannel channel, int pageBytes) {
    this.channel = channel;
    this.pageBytes = pageBytes;
  }

  static boolean isPresent(long entry) {
    return (entry & PRESENT) != 0;
  }

  /** Neither in memory nor swapped out: the page has the content that its mapping began with. */
  static boolean isUntouched(long entry) {
    return (entry & (PRESENT | SWAPPED)) == 0;
  }

  /** Entries from this page on: at most {@code pages}, fewer at the end of what the kernel tells. The buffer is reused. */
  LongBuffer entries(long pageNumber, long pages) throws IOException {
    buffer.clear().limit((int) Math.min(pages, MOST_ENTRIES) * Long.BYTES);
    long position = pageNumber * Long.BYTES;
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, position + buffer.position());
      if (count <= 0) {
        break;
      }
    }
    buffer.flip();
    return buffer.asLongBuffer();
  }

  boolean allPresent(long firstPage, long pages) throws IOException {
    long page = firstPage;
    long end = firstPage + pages;
    while (page < end) {
      LongBuffer entries = entries(page, end - page);
      if (!entries.hasRemaining()) {
        return false;
      }
      page += entries.remaining();
      while (entries.hasRemaining()) {
        if (!isPresent(entries.get())) {
          return false;
        }
      }
    }
    return true;
  }

  /** A range may be as large as a target wants it to be: where there is no more time, the runs found so far are returned. */
  List<AddressRange> presentRuns(AddressRange range, BooleanSupplier isOver) throws IOException {
    List<AddressRange> runs = new ArrayList<>();
    long page = Long.divideUnsigned(range.start(), pageBytes);
    long end = Long.divideUnsigned(range.end() + pageBytes - 1, pageBytes);
    long runStart = -1;
    while (page < end && !isOver.getAsBoolean()) {
      LongBuffer entries = entries(page, end - page);
      if (!entries.hasRemaining()) {
        break;
      }
      for (; entries.hasRemaining(); page++) {
        boolean present = isPresent(entries.get());
        if (present && runStart < 0) {
          runStart = page;
        } else if (!present && runStart >= 0) {
          runs.add(cut(runStart, page, range));
          runStart = -1;
        }
      }
    }
    if (runStart >= 0) {
      runs.add(cut(runStart, page, range));
    }
    return runs;
  }

  private AddressRange cut(long firstPage, long endPage, AddressRange range) {
    return new AddressRange(firstPage * pageBytes, endPage * pageBytes).intersection(range);
  }
}
