package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.util.List;
import java.util.Map;

/**
 * What the arenas hold.
 *
 * @param usedBytes blocks in use
 * @param headBytes of the pools that hold some
 * @param freeResidentBytes present pages of pools that hold nothing
 */
record Usage(long arenas, long arenaBytes, long usedBytes, long headBytes, long freeResidentBytes) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0);

  static Usage of(ProcessMemory memory, List<PoolHead> pools, List<AddressRange> arenas, PoolShape shape) {
    long used = 0;
    long heads = 0;
    long idle = 0;
    for (PoolHead pool : pools) {
      used += (long) pool.blocksUsed() * pool.blockBytes();
      heads += pool.isEmpty() ? 0 : PoolHead.BYTES;
      if (pool.isEmpty()) {
        AddressRange range = AddressRange.ofSize(pool.address(), shape.poolBytes());
        idle += memory.presentRuns(range).stream().mapToLong(AddressRange::bytes).sum();
      }
    }
    return new Usage(arenas.size(), arenas.stream().mapToLong(AddressRange::bytes).sum(), used, heads, idle);
  }

  Usage plus(Usage other) {
    return new Usage(arenas + other.arenas, arenaBytes + other.arenaBytes, usedBytes + other.usedBytes,
        headBytes + other.headBytes, freeResidentBytes + other.freeResidentBytes);
  }

  void write(Map<String, String> facts) {
    facts.put("arenas.count", String.valueOf(arenas));
    facts.put("arenas.bytes", String.valueOf(arenaBytes));
    facts.put("blocks.used", String.valueOf(usedBytes));
    facts.put("arenas.freeBytes", String.valueOf(Math.max(0, arenaBytes - usedBytes - headBytes)));
    facts.put("arenas.freeResidentBytes", String.valueOf(freeResidentBytes));
  }
}
