package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the arenas: secondary ones by their heaps, which lie at multiples of 64 MB, the main one by following their ring, or in the
 * data of the C library.
 */
final class ArenaSearch {
  private static final int MOST_ARENAS = 8192;

  private final ProcessMemory memory;
  private final Smaps smaps;

  ArenaSearch(ProcessMemory memory, Smaps smaps) {
    this.memory = memory;
    this.smaps = smaps;
  }

  /** The arenas that own heaps, and what their heaps are. */
  Map<Long, List<HeapInfo>> heapsByArena() {
    Map<Long, List<HeapInfo>> byArena = new LinkedHashMap<>();
    for (Mapping mapping : smaps.mappings()) {
      if (!Anonymous.isPrivateData(mapping)) {
        continue;
      }
      long first = (mapping.range().start() + HeapInfo.HEAP_BYTES - 1) & -HeapInfo.HEAP_BYTES;
      for (long base = first; base < mapping.range().end() && base > 0; base += HeapInfo.HEAP_BYTES) {
        HeapInfo.read(memory, base)
            .ifPresent(heap -> byArena.computeIfAbsent(heap.arena(), arena -> new ArrayList<>()).add(heap));
      }
    }
    return byArena;
  }

  /** All arenas that hang together with these, by address; a ring that does not close is followed as far as it goes. */
  Map<Long, ArenaState> rings(Iterable<Long> seeds) {
    Map<Long, ArenaState> states = new LinkedHashMap<>();
    for (long seed : seeds) {
      long address = seed;
      while (!states.containsKey(address) && states.size() < MOST_ARENAS) {
        Optional<ArenaState> state = ArenaState.read(memory, address);
        if (state.isEmpty()) {
          break;
        }
        states.put(address, state.get());
        address = state.get().next();
      }
    }
    return states;
  }
}
