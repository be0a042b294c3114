package io.tare.capture.memory.allocators;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.Smaps;
import java.util.List;

/** What an allocator's structures are looked for in, and until when. */
record AllocatorSearch(ProcessMemory memory, Smaps smaps, MappingIndex mappings, long lastNanos) {
  boolean isOver() {
    return memory.budgetExceeded() || System.nanoTime() - lastNanos > 0;
  }

  /**
   * An allocator whose structures hold their proof.
   *
   * @param regions what it manages, told as arenas are
   * @param tables its own
   */
  record Found(String allocator, List<Arena> regions, List<AddressRange> tables) {
    Found {
      regions = List.copyOf(regions);
      tables = List.copyOf(tables);
    }
  }
}
