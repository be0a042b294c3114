package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An allocator's memory, put together from the stretches that its structures list. Neighbours become one region, told as an arena is:
 * where it lies, what of it the program holds, and what is resident beyond that.
 */
final class Blocks {
  private final ProcessMemory memory;
  private final TreeMap<Long, Stretch> stretches = new TreeMap<>();

  Blocks(ProcessMemory memory) {
    this.memory = memory;
  }

  /**
   * One stretch.
   *
   * @param usedBytes what the program holds of it
   */
  private record Stretch(AddressRange range, long usedBytes) {}

  /** A stretch; one that overlaps another that is there already is left out. */
  void add(AddressRange range, long usedBytes) {
    Map.Entry<Long, Stretch> before = stretches.floorEntry(range.start());
    Map.Entry<Long, Stretch> after = stretches.ceilingEntry(range.start());
    boolean overlaps = (before != null && before.getValue().range().intersects(range))
        || (after != null && after.getValue().range().intersects(range));
    if (!range.isEmpty() && !overlaps) {
      stretches.put(range.start(), new Stretch(range, usedBytes));
    }
  }

  List<Arena> regions() {
    List<Arena> regions = new ArrayList<>();
    List<Stretch> neighbours = new ArrayList<>();
    for (Stretch stretch : stretches.values()) {
      if (!neighbours.isEmpty() && neighbours.getLast().range().end() != stretch.range().start()) {
        regions.add(region(neighbours));
        neighbours.clear();
      }
      neighbours.add(stretch);
    }
    if (!neighbours.isEmpty()) {
      regions.add(region(neighbours));
    }
    return regions;
  }

  private Arena region(List<Stretch> neighbours) {
    AddressRange whole = new AddressRange(neighbours.getFirst().range().start(), neighbours.getLast().range().end());
    // All at once: to ask for each stretch takes as many calls as a program has pages of blocks.
    List<AddressRange> runs = memory.presentRuns(whole);
    int run = 0;
    long used = 0;
    long idleResident = 0;
    for (Stretch stretch : neighbours) {
      long resident = 0;
      while (run < runs.size() && runs.get(run).start() < stretch.range().end()) {
        resident += runs.get(run).intersection(stretch.range()).bytes();
        if (runs.get(run).end() > stretch.range().end()) {
          break;
        }
        run++;
      }
      used += stretch.usedBytes();
      idleResident += Math.max(0, resident - stretch.usedBytes());
    }
    return new Arena(whole.start(), false, whole.bytes(), used, whole.bytes() - used, idleResident, true,
        List.of(whole));
  }
}
