package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import java.util.OptionalLong;

/** The free chunks that a walk over an arena takes for used ones, since glibc leaves their marks standing: fastbins and thread caches. */
final class FreeLists {
  private final FreeChain fastBins;
  private final ThreadCaches caches;

  FreeLists(ProcessMemory memory, WalkDeadline deadline) {
    this.fastBins = FreeChain.ofFastBins(memory, deadline);
    this.caches = new ThreadCaches(memory, FreeChain.ofThreadCaches(memory, deadline));
  }

  /** Bytes in the arena's fastbins; a bin that changes under the reader counts nothing. */
  long inFastBins(ArenaState arena) {
    long sum = 0;
    for (int bin = 0; bin < arena.fastBins().size(); bin++) {
      long chunkSize = Chunk.SMALLEST + (long) bin * Chunk.ALIGNMENT;
      OptionalLong count = fastBins.countFromHead(arena.fastBins().get(bin), chunkSize);
      sum += count.orElse(0) * chunkSize;
    }
    return sum;
  }

  long inThreadCaches(Iterable<Long> candidates) {
    long sum = 0;
    for (long candidate : candidates) {
      sum += caches.freeBytes(candidate);
    }
    return sum;
  }
}
