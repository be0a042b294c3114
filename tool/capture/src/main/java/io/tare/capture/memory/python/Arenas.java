package io.tare.capture.memory.python;

import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the arenas of a mapping's pools lie. A pool knows its arena's number, not its place: the lowest pool is the arena's first. */
final class Arenas {
  private static final long PAGE_BYTES = 4096;

  private Arenas() {}

  static List<AddressRange> of(PoolScan.FoundPools found, PoolShape shape) {
    Map<Long, Long> firstPools = new TreeMap<>();
    found.pools().forEach(pool -> firstPools.merge(pool.arena(), pool.address(), Math::min));
    List<AddressRange> arenas = new ArrayList<>();
    for (long firstPool : firstPools.values()) {
      AddressRange arena = AddressRange.ofSize(start(firstPool, found.mapping(), shape), shape.arenaBytes());
      arenas.add(arena.intersection(found.mapping()));
    }
    return arenas.stream().sorted().toList();
  }

  /** The first pool stands at a multiple of its size, its arena up to a pool before: where whole arenas fill the mapping. */
  private static long start(long firstPool, AddressRange mapping, PoolShape shape) {
    for (long start = firstPool; start > firstPool - shape.poolBytes()
        && start >= mapping.start(); start -= PAGE_BYTES) {
      boolean fromStart = (start - mapping.start()) % shape.arenaBytes() == 0;
      boolean toEnd = (mapping.end() - start) % shape.arenaBytes() == 0;
      if (fromStart || toEnd) {
        return start;
      }
    }
    return firstPool;
  }
}
