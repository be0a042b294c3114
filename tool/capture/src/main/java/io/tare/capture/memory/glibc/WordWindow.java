package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The words of a range, read front to back a megabyte at a time; words of absent pages are {@link #ABSENT}. */
final class WordWindow {
  /** No size of a chunk and no link looks like this. */
  static final long ABSENT = -1;
  private static final int WINDOW_BYTES = 1 << 20;

  private final ProcessMemory memory;
  private final AddressRange range;
  private final ByteBuffer words = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.nativeOrder());
  private final boolean[] present;
  private final int pageBytes;
  private long base = -1;

  WordWindow(ProcessMemory memory, AddressRange range) {
    this.memory = memory;
    this.range = range;
    this.pageBytes = memory.pageBytes();
    this.present = new boolean[WINDOW_BYTES / pageBytes];
  }

  /** The word at an address that is a multiple of eight. */
  long at(long address) {
    if (!range.contains(address) || address % Long.BYTES != 0) {
      return ABSENT;
    }
    long wanted = address - address % WINDOW_BYTES;
    if (wanted != base) {
      load(wanted);
    }
    int offset = (int) (address - base);
    return present[offset / pageBytes] ? words.getLong(offset) : ABSENT;
  }

  private void load(long from) {
    base = from;
    Arrays.fill(present, false);
    AddressRange window = AddressRange.ofSize(from, WINDOW_BYTES).intersection(range);
    for (AddressRange run : memory.presentRuns(window)) {
      Optional<byte[]> bytes = memory.read(run.start(), (int) run.bytes());
      bytes.ifPresent(content -> keep(run, content));
    }
  }

  private void keep(AddressRange run, byte[] content) {
    int offset = (int) (run.start() - base);
    words.put(offset, content);
    for (int page = offset / pageBytes; page * pageBytes < offset + content.length; page++) {
      present[page] = true;
    }
  }
}
