package io.tare.capture.memory.go;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The bits that the runtime keeps of one chunk of 512 pages: which are allocated, which were given back to the kernel. */
record ChunkBits(long chunk, ByteBuffer bits) {
  static final int BYTES = 128;
  static final long PAGE_BYTES = 8192;
  private static final int RETURNED_AT = BYTES / 2;
  private static final int PAGES = (int) (PageAllocator.CHUNK_BYTES / PAGE_BYTES);

  static Optional<ChunkBits> read(ProcessMemory memory, PageAllocator pages, long chunk) {
    OptionalLong at = pages.bitsOfChunk(memory, chunk);
    return at.isEmpty()
        ? Optional.empty()
        : memory.read(at.getAsLong(), BYTES).map(bytes -> new ChunkBits(chunk, ProcessMemory.inOrder(bytes)));
  }

  long allocatedBytes() {
    return bytesWhere(true, false) + bytesWhere(true, true);
  }

  /** Free, and never given back: the kernel still charges for what was touched. */
  long idleBytes() {
    return bytesWhere(false, false);
  }

  long returnedBytes() {
    return bytesWhere(false, true);
  }

  private long bytesWhere(boolean allocated, boolean returned) {
    long count = 0;
    for (int page = 0; page < PAGES; page++) {
      if (isAllocated(page) == allocated && isSet(page, RETURNED_AT) == returned) {
        count++;
      }
    }
    return count * PAGE_BYTES;
  }

  /** The free pages as ranges. */
  List<AddressRange> freeRanges() {
    List<AddressRange> free = new ArrayList<>();
    int from = -1;
    for (int page = 0; page <= PAGES; page++) {
      boolean isFree = page < PAGES && !isAllocated(page);
      if (isFree && from < 0) {
        from = page;
      } else if (!isFree && from >= 0) {
        free.add(new AddressRange(chunk + from * PAGE_BYTES, chunk + page * PAGE_BYTES));
        from = -1;
      }
    }
    return free;
  }

  private boolean isAllocated(int page) {
    return isSet(page, 0);
  }

  private boolean isSet(int page, int at) {
    return (bits.getLong(at + page / Long.SIZE * Long.BYTES) >>> page % Long.SIZE & 1) != 0;
  }
}
