package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whose control block a place that points to itself is, as its other words tell. */
record BlockShape(ProcessMemory memory) {
  private static final int SELF_AGAIN = 0x10;
  private static final int MUSL_PREVIOUS = 0x10;
  private static final int MUSL_NEXT = 0x18;
  private static final int MOST_THREADS = 1 << 20;

  /** glibc repeats the block's address at 0x10. */
  boolean isGlibc(long block) {
    return pointsTo(block, block) && pointsTo(block + SELF_AGAIN, block);
  }

  /** The ring of all threads that musl keeps, begun at this block; empty when it is no ring. */
  List<Long> muslRing(long first) {
    List<Long> ring = new ArrayList<>();
    Set<Long> seen = new HashSet<>();
    long block = first;
    while (seen.add(block) && ring.size() < MOST_THREADS && pointsTo(block, block)) {
      ring.add(block);
      Optional<Long> next = word(block + MUSL_NEXT);
      if (next.isEmpty() || !pointsTo(next.get() + MUSL_PREVIOUS, block)) {
        return List.of();
      }
      block = next.get();
    }
    return block == first ? ring : List.of();
  }

  private boolean pointsTo(long place, long target) {
    return word(place).filter(value -> value == target).isPresent();
  }

  private Optional<Long> word(long address) {
    return memory.u64(address).stream().boxed().findFirst();
  }
}
