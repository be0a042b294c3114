package io.tare.capture.memory.glibc;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What a walk over one segment counted.
 *
 * @param perThreadCaches chunks in use whose size is that of a thread's cache of free chunks
 * @param brokenAt where the walk first lost its way, or 0
 * @param steps how many chunks it met
 */
record ChunkTally(
    long inUseBytes,
    long freeBytes,
    List<AddressRange> freeChunks,
    List<Long> perThreadCaches,
    long brokenAt,
    long steps) {
  static final ChunkTally NOTHING = new Counter().tally();

  ChunkTally {
    freeChunks = List.copyOf(freeChunks);
    perThreadCaches = List.copyOf(perThreadCaches);
  }

  boolean complete() {
    return brokenAt == 0;
  }

  /** Counts up to a tally; free chunks below a page are only summed. */
  static final class Counter {
    private static final int WORTH_A_LOOK = 4096;

    private final List<AddressRange> freeChunks = new ArrayList<>();
    private final List<Long> perThreadCaches = new ArrayList<>();
    private long inUseBytes;
    private long freeBytes;
    private long brokenAt;
    private long steps;

    void inUse(long chunk, long size) {
      steps++;
      inUseBytes += size;
      if (ThreadCaches.hasSizeOfOne(size)) {
        perThreadCaches.add(chunk);
      }
    }

    void free(long chunk, long size) {
      steps++;
      freeBytes += size;
      if (size >= WORTH_A_LOOK) {
        freeChunks.add(AddressRange.ofSize(chunk, size));
      }
    }

    void lost(long address, long bytesSkipped) {
      inUseBytes += bytesSkipped;
      if (brokenAt == 0) {
        brokenAt = address;
      }
    }

    ChunkTally tally() {
      return new ChunkTally(inUseBytes, freeBytes, freeChunks, perThreadCaches, brokenAt, steps);
    }
  }
}
