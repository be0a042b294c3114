package io.tare.capture.proc;

import io.tare.capture.kernel.PageSize;
import io.tare.model.AddressRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * {@code /proc/PID/pagemap}, read: eight bytes a page, the highest bit says whether the page is present. Ranges that lie close
 * together are read in one go.
 */
final class Pagemap implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final long CLOSE_PAGES = 256;

  private final FileChannel channel;
  private final long pageBytes = PageSize.ofThisMachine();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  private final LongBuffer entries = buffer.asLongBuffer();
  private long windowStart;
  private long windowEnd;

  private Pagemap(FileChannel channel) {
    this.channel = channel;
  }

  static Pagemap open(Path file) throws IOException {
    return new Pagemap(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Adds the present runs of the ranges, which ascend. Returns how many ranges were done when the deadline came. */
  int survey(List<AddressRange> ranges, RunBuilder runs, Deadline deadline) throws IOException {
    for (int i = 0; i < ranges.size(); i++) {
      if (!survey(ranges, i, runs, deadline)) {
        runs.cutAt(ranges.get(i).start());
        return i;
      }
    }
    return ranges.size();
  }

  /** How far it pays to read on from the address, which lies in the range at the index: over ranges that follow closely. */
  private long clusterEnd(List<AddressRange> ranges, int index, long from) {
    long end = ranges.get(index).end();
    long most = from + BUFFER_BYTES / Long.BYTES * pageBytes;
    for (int next = index + 1; next < ranges.size() && end < most; next++) {
      if (ranges.get(next).start() - end > CLOSE_PAGES * pageBytes) {
        break;
      }
      end = ranges.get(next).end();
    }
    return end;
  }

  private boolean survey(List<AddressRange> ranges, int index, RunBuilder runs, Deadline deadline) throws IOException {
    AddressRange range = ranges.get(index);
    long at = range.start();
    while (at < range.end()) {
      if (at < windowStart || at >= windowEnd) {
        if (deadline.isOver()) {
          return false;
        }
        fill(at, clusterEnd(ranges, index, at));
      }
      long until = Math.min(range.end(), windowEnd);
      collect(at, until, runs);
      at = until;
    }
    return true;
  }

  private void fill(long from, long to) throws IOException {
    long wanted = Math.min(BUFFER_BYTES, (to - from) / pageBytes * Long.BYTES);
    buffer.clear().limit((int) wanted);
    long offset = from / pageBytes * Long.BYTES;
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) <= 0) {
        throw new IOException("pagemap ends before address " + Long.toHexString(from));
      }
    }
    windowStart = from;
    windowEnd = from + wanted / Long.BYTES * pageBytes;
  }

  private void collect(long from, long until, RunBuilder runs) {
    int index = (int) ((from - windowStart) / pageBytes);
    int end = (int) ((until - windowStart) / pageBytes);
    while (index < end) {
      if (entries.get(index) >= 0) {
        index++;
        continue;
      }
      int start = index;
      while (index < end && entries.get(index) < 0) {
        index++;
      }
      runs.add(windowStart + start * pageBytes, windowStart + index * pageBytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Collects runs of addresses that come in ascending order; those that touch become one. */
  static final class RunBuilder {
    private long[] starts = new long[256];
    private long[] ends = new long[256];
    private int count;

    /** While a process maps anew, the kernel may name a page twice, or a run that is empty: what is known already counts once. */
    void add(long from, long end) {
      long start = count == 0 ? from : Math.max(from, ends[count - 1]);
      if (start >= end) {
        return;
      }
      if (count > 0 && ends[count - 1] == start) {
        ends[count - 1] = end;
        return;
      }
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = start;
      ends[count++] = end;
    }

    /** Drops what was added at or above the address. */
    void cutAt(long address) {
      while (count > 0 && starts[count - 1] >= address) {
        count--;
      }
      if (count > 0) {
        ends[count - 1] = Math.min(ends[count - 1], address);
      }
    }

    long[] starts() {
      return Arrays.copyOf(starts, count);
    }

    long[] ends() {
      return Arrays.copyOf(ends, count);
    }
  }
}
