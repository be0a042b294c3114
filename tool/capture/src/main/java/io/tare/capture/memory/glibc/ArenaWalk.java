package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.glibc.ArenaSearch.FoundArena;
import io.tare.capture.memory.glibc.ArenaSearch.Segment;
import io.tare.capture.memory.glibc.Chunk.WordWindow;
import io.tare.capture.memory.glibc.ChunkWalk.ChunkTally;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.model.AddressRange;
import io.tare.model.alloc.MallocReading.Arena;
import io.tare.model.proc.ResidentPages;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Counts what one arena holds, segment by segment. */
final class ArenaWalk {
  private static final int ATTEMPTS = 3;
  /** The top chunk of a busy arena may have grown past the end that was read before. */
  private static final long MOST_GROWTH = 64 << 20;

  private final ProcessMemory memory;
  private final WalkDeadline deadline;
  private final WordWindow words;
  private final WordWidth width;

  ArenaWalk(ProcessMemory memory, WordWidth width, WalkDeadline deadline) {
    this.memory = memory;
    this.deadline = deadline;
    this.words = new WordWindow(memory, width);
    this.width = width;
  }

  Arena walk(FoundArena arena) {
    long inUse = 0;
    long free = 0;
    long freeResident = 0;
    boolean complete = !arena.segments().isEmpty() && !isPartMissing(arena);
    List<Long> caches = new ArrayList<>();
    for (Segment segment : arena.segments()) {
      ChunkTally tally = withPatience(segment);
      OptionalLong top = topBytes(segment);
      inUse += tally.inUseBytes();
      free += tally.freeBytes() + top.orElse(0);
      freeResident += residentBytes(segment, tally.freeChunks(), top.orElse(0));
      complete &= tally.complete() && (top.isPresent() || !segment.endsWithTop());
      caches.addAll(tally.perThreadCaches());
    }
    FreeLists lists = new FreeLists(memory, width, deadline);
    long listed = Math.min(inUse, lists.inFastBins(arena.state()) + lists.inThreadCaches(caches));
    complete &= !deadline.isOver();
    long system = arena.state().systemBytes();
    long kept = Math.min(system, free + listed);
    return new Arena(arena.state().address(), arena.main(), system, complete ? inUse - listed : system - kept, kept,
        Math.min(freeResident, kept), complete, arena.ranges());
  }

  /** Whether the segments hold clearly less than the arena took from the kernel, heads and alignment left aside. */
  private boolean isPartMissing(FoundArena arena) {
    long found = arena.segments().stream().mapToLong(segment -> segment.walked().bytes()).sum();
    long heads = (long) arena.segments().size() * memory.pageBytes();
    return found + heads < arena.state().systemBytes();
  }

  /** The program runs meanwhile: a walk that loses its way may find it when it is begun again. */
  private ChunkTally withPatience(Segment segment) {
    ChunkTally best = ChunkWalk.walk(words, segment, deadline);
    for (int attempt = 1; attempt < ATTEMPTS && !best.complete() && !deadline.isOver(); attempt++) {
      ChunkTally again = ChunkWalk.walk(words, segment, deadline);
      best = again.complete() || again.freeBytes() > best.freeBytes() ? again : best;
    }
    return best;
  }

  private OptionalLong topBytes(Segment segment) {
    if (!segment.endsWithTop()) {
      return OptionalLong.empty();
    }
    OptionalLong sizeField = width.sizeField(memory, segment.top());
    long room = segment.walked().end() - segment.top();
    return sizeField.isPresent() && Chunk.isSane(sizeField.getAsLong(), room + MOST_GROWTH, width)
        ? OptionalLong.of(Math.min(Chunk.size(sizeField.getAsLong()), room))
        : OptionalLong.empty();
  }

  private long residentBytes(Segment segment, List<AddressRange> freeChunks, long topBytes) {
    PresentBytes present = PresentBytes.of(memory, segment.walked());
    long sum = 0;
    for (AddressRange chunk : freeChunks) {
      sum += present.wholePages(new AddressRange(chunk.start() + width.freeHeadBytes(), chunk.end()));
    }
    if (topBytes > width.headBytes()) {
      AddressRange top = AddressRange.ofSize(segment.top(), topBytes);
      sum += present.wholePages(new AddressRange(top.start() + width.headBytes(), top.end()));
    }
    return sum;
  }
}

/** How much of a range is present, counted in the whole pages that lie in it. */
record PresentBytes(ResidentPages pages, int pageBytes) {

  static PresentBytes of(ProcessMemory memory, AddressRange range) {
    List<AddressRange> runs = memory.presentRuns(range);
    long[] starts = runs.stream().mapToLong(AddressRange::start).toArray();
    long[] ends = runs.stream().mapToLong(AddressRange::end).toArray();
    return new PresentBytes(new ResidentPages(List.of(range), starts, ends), memory.pageBytes());
  }

  long wholePages(AddressRange range) {
    long from = (range.start() + pageBytes - 1) & -(long) pageBytes;
    long to = range.end() & -(long) pageBytes;
    return from < to ? pages.presentBytes(new AddressRange(from, to)) : 0;
  }
}
