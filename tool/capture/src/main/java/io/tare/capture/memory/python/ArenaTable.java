package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.Variables.Pointer;
import io.tare.capture.memory.python.PoolScan.PoolHead;
import io.tare.capture.memory.python.PoolScan.PoolShape;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The interpreter's own list of its arenas, {@code struct arena_object[]}: address, first pool that was never used, pools free and in
 * all, and three links. Found without symbols: some variable points to one of them, and each pool knows its arena's number.
 *
 * @param arenas by number
 */
record ArenaTable(Map<Long, Arena> arenas) {
  private static final int ENTRY_BYTES = 48;
  private static final int MOST_CANDIDATES = 1 << 14;

  ArenaTable {
    arenas = Map.copyOf(arenas);
  }

  /**
   * One arena.
   *
   * @param freePools that hold no block, used before or not
   * @param allPools as many as fit between its ends
   */
  record Arena(AddressRange range, int freePools, int allPools) {

    static Optional<Arena> read(ProcessMemory memory, long entry, PoolShape shape) {
      return memory.read(entry, ENTRY_BYTES).map(ProcessMemory::inOrder).flatMap(words -> of(words, shape));
    }

    private static Optional<Arena> of(ByteBuffer words, PoolShape shape) {
      long address = words.getLong(0);
      long untouched = words.getLong(8);
      int free = words.getInt(16);
      int all = words.getInt(20);
      long freePool = words.getLong(24);
      int most = shape.arenaBytes() / shape.poolBytes();
      if (address <= 0 || address % 4096 != 0 || address > Long.MAX_VALUE - shape.arenaBytes()) {
        return Optional.empty();
      }
      AddressRange range = AddressRange.ofSize(address, shape.arenaBytes());
      boolean poolsFit = all == (address % shape.poolBytes() == 0 ? most : most - 1) && free >= 0 && free <= all;
      boolean linksFit = untouched > address && untouched <= range.end()
          && (freePool == 0 || range.contains(freePool));
      return poolsFit && linksFit ? Optional.of(new Arena(range, free, all)) : Optional.empty();
    }

    long firstPool(PoolShape shape) {
      return (range.start() + shape.poolBytes() - 1) & -(long) shape.poolBytes();
    }
  }

  /** The table that says of most of these pools in which arena they lie; empty when no variable leads to one. */
  static Optional<ArenaTable> find(ProcessMemory memory, List<Pointer> variables, List<PoolHead> pools,
      PoolShape shape) {
    Map<Long, Integer> votes = new HashMap<>();
    Set<Long> seen = new HashSet<>();
    for (Pointer variable : variables) {
      if (seen.add(variable.target()) && seen.size() <= MOST_CANDIDATES) {
        start(memory, variable.target(), shape).ifPresent(start -> votes.merge(start, 1, Integer::sum));
      }
    }
    ArenaTable best = new ArenaTable(Map.of());
    for (long start : votes.keySet()) {
      ArenaTable table = at(memory, start, pools, shape);
      best = table.arenas().size() > best.arenas().size() ? table : best;
    }
    return best.arenas().isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Where the table begins of which this would be an entry: its arena's first pool tells the number. */
  private static OptionalLong start(ProcessMemory memory, long entry, PoolShape shape) {
    Optional<Arena> arena = Arena.read(memory, entry, shape);
    if (arena.isEmpty()) {
      return OptionalLong.empty();
    }
    long pool = arena.get().firstPool(shape);
    Optional<PoolHead> head = memory.read(pool, PoolHead.BYTES).map(ProcessMemory::inOrder)
        .flatMap(PoolHead.reader(pool, shape));
    return head.isEmpty() ? OptionalLong.empty() : OptionalLong.of(entry - head.get().arena() * ENTRY_BYTES);
  }

  /** The entries that pools name by number, as far as those pools lie where the entries say. */
  private static ArenaTable at(ProcessMemory memory, long start, List<PoolHead> pools, PoolShape shape) {
    Map<Long, List<PoolHead>> byNumber = new TreeMap<>();
    pools.forEach(pool -> byNumber.computeIfAbsent(pool.arena(), none -> new ArrayList<>()).add(pool));
    Map<Long, Arena> arenas = new HashMap<>();
    byNumber.forEach((number, own) -> Arena.read(memory, start + number * ENTRY_BYTES, shape)
        .filter(arena -> own.stream().anyMatch(pool -> arena.range().contains(pool.address())))
        .ifPresent(arena -> arenas.put(number, arena)));
    return new ArenaTable(arenas);
  }
}
