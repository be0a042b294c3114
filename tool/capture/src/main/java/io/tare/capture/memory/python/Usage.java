package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.python.ArenaTable.Arena;
import io.tare.capture.memory.python.PoolScan.PoolHead;
import io.tare.capture.memory.python.PoolScan.PoolShape;
import io.tare.model.AddressRange;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * What arenas hold, under the names that the interpreter's own statistics have for it. All parts together are the arenas.
 *
 * @param usedBytes blocks in use
 * @param freeBytes free blocks of pools that also hold blocks in use
 * @param unusedPoolBytes pools that hold nothing
 * @param headBytes of the pools in use
 * @param quantizationBytes of the pools in use: too small for another block
 * @param alignmentBytes of arenas that don't begin where a pool can
 * @param resident what of it is resident
 * @param poolsOff by how many pools the interpreter's counts differ from what was seen
 */
record Usage(long arenas, long arenaBytes, long usedBytes, long freeBytes, long unusedPoolBytes, long headBytes,
    long quantizationBytes, long alignmentBytes, Resident resident, long poolsOff) {
  static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, new Resident(0, 0, 0), 0);

  /** Resident bytes that hold no object. */
  record Resident(long freeBytes, long unusedPoolBytes, long overheadBytes) {}

  /** One arena, with its pools that could be read. */
  static Usage of(ProcessMemory memory, Arena arena, List<PoolHead> pools, PoolShape shape) {
    Pages pages = Pages.of(memory, arena.range());
    long used = 0;
    long free = 0;
    long quantization = 0;
    long freeResident = 0;
    long unusedResident = pages.residentBytes(poolsOf(arena, shape));
    int inUse = 0;
    for (PoolHead pool : pools) {
      if (pool.isEmpty()) {
        continue;
      }
      inUse++;
      int blocks = shape.blocksInPool(pool.blockBytes());
      long usedHere = (long) pool.blocksUsed() * pool.blockBytes();
      long freeHere = (long) blocks * pool.blockBytes() - usedHere;
      long resident = pages.residentBytes(AddressRange.ofSize(pool.address(), shape.poolBytes()));
      used += usedHere;
      free += freeHere;
      quantization += shape.poolBytes() - PoolHead.BYTES - (long) blocks * pool.blockBytes();
      // Pages at the end of a pool that no block ever reached are absent.
      freeResident += Math.clamp(resident - PoolHead.BYTES - usedHere, 0, freeHere);
      unusedResident -= resident;
    }
    long heads = (long) inUse * PoolHead.BYTES;
    long overhead = Math.max(0, pages.residentBytes(arena.range()) - used - freeResident - unusedResident);
    return new Usage(1, arena.range().bytes(), used, free, (long) arena.freePools() * shape.poolBytes(), heads,
        quantization, arena.range().bytes() - (long) arena.allPools() * shape.poolBytes(),
        new Resident(freeResident, unusedResident, overhead), Math.abs(arena.allPools() - arena.freePools() - inUse));
  }

  private static AddressRange poolsOf(Arena arena, PoolShape shape) {
    return AddressRange.ofSize(arena.firstPool(shape), (long) arena.allPools() * shape.poolBytes());
  }

  Usage plus(Usage other) {
    return new Usage(arenas + other.arenas, arenaBytes + other.arenaBytes, usedBytes + other.usedBytes,
        freeBytes + other.freeBytes, unusedPoolBytes + other.unusedPoolBytes, headBytes + other.headBytes,
        quantizationBytes + other.quantizationBytes, alignmentBytes + other.alignmentBytes,
        new Resident(resident.freeBytes + other.resident.freeBytes,
            resident.unusedPoolBytes + other.resident.unusedPoolBytes,
            resident.overheadBytes + other.resident.overheadBytes),
        poolsOff + other.poolsOff);
  }

  void write(Map<String, String> facts) {
    facts.put("arenas.count", String.valueOf(arenas));
    facts.put("arenas.bytes", String.valueOf(arenaBytes));
    facts.put("arenas.alignment", String.valueOf(alignmentBytes));
    facts.put("blocks.used", String.valueOf(usedBytes));
    facts.put("blocks.free", String.valueOf(freeBytes));
    facts.put("blocks.free.resident", String.valueOf(resident.freeBytes));
    facts.put("pools.unused", String.valueOf(unusedPoolBytes));
    facts.put("pools.unused.resident", String.valueOf(resident.unusedPoolBytes));
    facts.put("pools.headers", String.valueOf(headBytes));
    facts.put("pools.quantization", String.valueOf(quantizationBytes));
    facts.put("overhead.resident", String.valueOf(resident.overheadBytes));
  }

  /** Which pages of a range are in memory. */
  private record Pages(AddressRange range, int pageBytes, BitSet present) {
    static Pages of(ProcessMemory memory, AddressRange range) {
      BitSet present = new BitSet();
      for (AddressRange run : memory.presentRuns(range)) {
        present.set((int) ((run.start() - range.start()) / memory.pageBytes()),
            (int) ((run.end() - range.start() + memory.pageBytes() - 1) / memory.pageBytes()));
      }
      return new Pages(range, memory.pageBytes(), present);
    }

    long residentBytes(AddressRange part) {
      int from = (int) ((part.start() - range.start()) / pageBytes);
      int to = (int) ((part.end() - range.start()) / pageBytes);
      return (long) present.get(from, to).cardinality() * pageBytes;
    }
  }
}
