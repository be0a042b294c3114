package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.glibc.ArenaSearch.FoundArena;
import io.tare.capture.memory.glibc.ArenaSearch.Segment;
import io.tare.capture.memory.glibc.Chunk.WordWindow;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Where the main arena lies: in the kernel's {@code [heap]}, and, where that could not grow, in mappings of its own. */
final class MainArenaSearch {
  private final ProcessMemory memory;
  private final Smaps smaps;
  private final WordWidth width;
  private final WalkDeadline deadline;

  MainArenaSearch(ProcessMemory memory, Smaps smaps, WordWidth width, WalkDeadline deadline) {
    this.memory = memory;
    this.smaps = smaps;
    this.width = width;
    this.deadline = deadline;
  }

  /** The arena's segments; {@code heapStart} is where it began to grow, 0 when that is not known. */
  FoundArena find(ArenaState state, long heapStart) {
    List<Segment> segments = new ArrayList<>();
    List<AddressRange> ranges = new ArrayList<>();
    for (AddressRange heap : joined(
        smaps.mappings().stream().filter(mapping -> mapping.name().equals("[heap]")).toList())) {
      long first = width.chunkFrom(heap.contains(heapStart) ? heapStart : heap.start());
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
    WordWindow words = new WordWindow(memory, width);
    List<Segment> found = new ArrayList<>();
    long missing = missingBytes;
    for (Mapping mapping : smaps.mappings()) {
      if (missing < memory.pageBytes() || deadline.isOver()) {
        break;
      }
      if (ArenaSearch.isPrivateData(mapping) && mapping.bytes().rss() > 0) {
        List<Segment> here = new SegmentProbe(words, mapping.range(), state.top(), deadline).find(missing);
        found.addAll(here);
        missing -= here.stream().mapToLong(segment -> segment.walked().bytes()).sum();
      }
    }
    return found;
  }
}

/**
 * Finds segments of the main arena in a mapping: stretches that chunks fill without a gap, up to the top chunk or to the two fences
 * that close a segment when the next one is begun. Such segments lie side by side where the kernel merged them.
 */
final class SegmentProbe {
  private static final long FLAGS = 7;
  private static final long ONLY_PREVIOUS_IN_USE = 1;
  private static final long OTHER_ARENA = 4;
  private static final int MOST_FENCES = 3;

  private final WordWindow words;
  private final WordWidth width;
  private final AddressRange mapping;
  private final long top;
  private final long pageBytes;
  private final WalkDeadline deadline;

  SegmentProbe(WordWindow words, AddressRange mapping, long top, WalkDeadline deadline) {
    this.words = words.over(mapping);
    this.width = words.width();
    this.mapping = mapping;
    this.top = top;
    this.pageBytes = words.pageBytes();
    this.deadline = deadline;
  }

  /** The segments, at most so many bytes of them. */
  List<Segment> find(long mostBytes) {
    List<Segment> found = new ArrayList<>();
    long left = mostBytes;
    long start = width.chunkFrom(mapping.start());
    while (start < mapping.end() && left > 0 && !deadline.isOver()) {
      OptionalLong end = canBegin(start) ? end(start) : OptionalLong.empty();
      if (end.isPresent() && end.getAsLong() - start <= left) {
        found.add(Segment.of(new AddressRange(start, end.getAsLong()), top));
        left -= end.getAsLong() - start;
      }
      start = end.isPresent() ? width.chunkFrom(end.getAsLong()) : start + pageBytes;
    }
    return found;
  }

  private boolean canBegin(long start) {
    long sizeField = words.at(start + width.bytes());
    return (sizeField & FLAGS) == ONLY_PREVIOUS_IN_USE && Chunk.size(sizeField) >= width.smallestChunk();
  }

  /** Where the segment that begins here ends; empty when it breaks off. */
  private OptionalLong end(long start) {
    long chunk = start;
    while (chunk < mapping.end()) {
      long sizeField = words.at(chunk + width.bytes());
      long size = Chunk.size(sizeField);
      if (!Chunk.isSane(sizeField, mapping.end() - chunk, width) || (sizeField & OTHER_ARENA) != 0) {
        return OptionalLong.empty();
      }
      if (chunk == top) {
        return pageEnd(chunk + size);
      }
      if (size < width.smallestChunk()) {
        return chunk > start ? afterFences(chunk) : OptionalLong.empty();
      }
      long nextSizeField = words.at(chunk + size + width.bytes());
      if (!Chunk.previousInUse(nextSizeField) && words.at(chunk + size) != size) {
        return OptionalLong.empty();
      }
      chunk += size;
    }
    return OptionalLong.empty();
  }

  /** Two fences, or three where the old top was too small to become a chunk. */
  private OptionalLong afterFences(long first) {
    long end = first;
    while (end < mapping.end() && end - first < (long) MOST_FENCES * width.headBytes()
        && Chunk.size(words.at(end + width.bytes())) == width.headBytes()) {
      end += width.headBytes();
    }
    return end - first >= 2L * width.headBytes() ? pageEnd(end) : OptionalLong.empty();
  }

  /** What a segment ends with may leave a few bytes of its page, as alignment has it. */
  private OptionalLong pageEnd(long last) {
    long end = (last + Chunk.ALIGNMENT - 1) & -Chunk.ALIGNMENT;
    return end % pageBytes == 0 ? OptionalLong.of(end) : OptionalLong.empty();
  }
}
