package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the main arena lies: in the kernel's {@code [heap]}, and, where that could not grow, in mappings of its own. */
final class MainArenaSearch {
  private static final int MOST_STARTS = 4096;
  private static final long FIRST_CHUNK_FLAGS = 1;
  private static final long FLAGS = 7;

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

  /** Mappings that the arena took because {@code brk} failed: chunks fill them exactly, up to the top or to a fence. */
  private List<Segment> elsewhere(ArenaState state, long missingBytes) {
    List<Segment> found = new ArrayList<>();
    long missing = missingBytes;
    for (Mapping mapping : smaps.mappings()) {
      if (missing < memory.pageBytes() || deadline.isOver()) {
        break;
      }
      if (Anonymous.isPrivateData(mapping) && mapping.bytes().rss() > 0) {
        Optional<Segment> segment = segmentIn(mapping.range(), state.top(), missing);
        segment.ifPresent(found::add);
        missing -= segment.map(one -> one.walked().bytes()).orElse(0L);
      }
    }
    return found;
  }

  private Optional<Segment> segmentIn(AddressRange mapping, long top, long mostBytes) {
    int tries = mapping.contains(top) ? MOST_STARTS : 1;
    for (long start = mapping.start(); tries > 0 && start < mapping.end(); start += memory.pageBytes()) {
      tries--;
      long sizeField = memory.u64(start + Long.BYTES).orElse(0);
      AddressRange range = new AddressRange(start, mapping.end());
      boolean canBegin = (sizeField & FLAGS) == FIRST_CHUNK_FLAGS && Chunk.size(sizeField) >= Chunk.SMALLEST
          && Chunk.isSane(sizeField, range.bytes());
      if (canBegin && range.bytes() <= mostBytes) {
        Segment segment = Segment.of(range, top);
        ChunkTally tally = ChunkWalk.walk(memory, segment, deadline);
        if (tally.complete() && (tally.steps() > 0 || segment.top() == start)) {
          return Optional.of(segment);
        }
      }
    }
    return Optional.empty();
  }
}
