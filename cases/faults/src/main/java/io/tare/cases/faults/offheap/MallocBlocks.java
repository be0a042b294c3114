package io.tare.cases.faults.offheap;

import io.tare.cases.faults.self.GlibcChunk;
import io.tare.cases.faults.self.RawMemory;

/** Native blocks of 100 to 900 bytes, as many as take so much memory. */
final class MallocBlocks {
  private static final int SMALLEST = 100;
  private static final int STEP = 100;
  private static final int SIZES = 9;
  private final long[] addresses;
  private long requestedBytes;
  private long chunkBytes;

  private MallocBlocks(int count) {
    addresses = new long[count];
  }

  static MallocBlocks make(long bytes) {
    MallocBlocks blocks = new MallocBlocks((int) (bytes / GlibcChunk.bytes(SMALLEST + STEP * (SIZES / 2))));
    for (int i = 0; i < blocks.addresses.length; i++) {
      blocks.addresses[i] = blocks.allocate(SMALLEST + STEP * (long) (i % SIZES));
    }
    return blocks;
  }

  private long allocate(long size) {
    requestedBytes += size;
    chunkBytes += GlibcChunk.bytes(size);
    return RawMemory.allocate(size);
  }

  int count() {
    return addresses.length;
  }

  long requestedBytes() {
    return requestedBytes;
  }

  /** What glibc takes for them. */
  long chunkBytes() {
    return chunkBytes;
  }
}
