package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;

/** Where the main arena lies: in the kernel's {@code [heap]}, and, where that could not grow, in mappings of its own. */
final class MainArenaSearch {
  private final ProcessMemory memory;
  private final Smaps smaps;
  private final WalkDeadline deadline;

  MainArenaSearch(ProcessMemory memory, Smaps smaps, WalkDeadline deadline) {
    this.memory = memory;
    this.smaps = smaps;
    this.deadline = deadline;
  }

  /** The arena's segments; {@code heapStart} is where it began to grow, 0 when that is not known. */
  FoundArena find(ArenaState state, long heapStart) {
    List<Segment> segments = new ArrayList<>();
    List<AddressRange> ranges = new ArrayList<>();
    for (AddressRange heap : joined(
        smaps.mappings().stream().filter(mapping -> mapping.name().equals("[heap]")).toList())) {
      long first = heap.contains(heapStart) ? (heapStart + Chunk.ALIGNMENT - 1) & -Chunk.ALIGNMENT : heap.start();
      AddressRange walked = new AddressRange(Math.min(first, heap.end()), heap.end());
      segments.add(Segment.of(walked, state.top()));
      ranges.add(walked);
    }
    long missing = state.systemBytes() - ranges.stream().mapToLong(AddressRange::bytes).sum();
    for (Segment segment : elsewhere(state, missing)) {
      segments.add(segment);
      ranges.add(segment.walked());
    }
    return new FoundArena(state, true, segments, ranges);
  }

  private static List<AddressRange> joined(List<Mapping> mappings) {
    List<AddressRange> joined = new ArrayList<>();
    for (Mapping mapping : mappings) {
      AddressRange range = mapping.range();
      if (!joined.isEmpty() && joined.getLast().end() == range.start()) {
        joined.add(new AddressRange(joined.removeLast().start(), range.end()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** Mappings that the arena took because {@code brk} failed. */
  private List<Segment> elsewhere(ArenaState state, long missingBytes) {
    WordWindow words = new WordWindow(memory);
    List<Segment> found = new ArrayList<>();
    long missing = missingBytes;
    for (Mapping mapping : smaps.mappings()) {
      if (missing < memory.pageBytes() || deadline.isOver()) {
        break;
      }
      if (Anonymous.isPrivateData(mapping) && mapping.bytes().rss() > 0) {
        List<Segment> here = new SegmentProbe(words, mapping.range(), state.top(), deadline).find(missing);
        found.addAll(here);
        missing -= here.stream().mapToLong(segment -> segment.walked().bytes()).sum();
      }
    }
    return found;
  }
}
