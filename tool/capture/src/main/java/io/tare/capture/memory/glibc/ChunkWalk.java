package io.tare.capture.memory.glibc;

import io.tare.capture.memory.glibc.ArenaSearch.Segment;
import io.tare.capture.memory.glibc.Chunk.WordWindow;
import io.tare.capture.memory.glibc.FreeLists.ThreadCaches;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.List;

/**
 * One walk over a segment, chunk by chunk: a chunk's size leads to the next one, whose head says whether this one is in use.
 *
 * <p>The program runs meanwhile. Where sizes stop making sense the walk looks for the next place where they do; what lies between
 * counts as in use. Every step moves forward, so hostile sizes can't make it circle.
 */
final class ChunkWalk {
  private static final int SOUND_CHUNKS = 12;
  private static final int MOST_PLACES_TRIED = 1 << 18;
  private static final int ASK_THE_CLOCK_MASK = 0xff;

  private final WordWindow words;
  private final WordWidth width;
  private final Segment segment;
  private final long end;
  private final ChunkTally.Counter counter;
  private final WalkDeadline deadline;
  private int placesTried;
  private long chunksMet;

  private ChunkWalk(WordWindow words, Segment segment, WalkDeadline deadline) {
    this.words = words.over(segment.walked());
    this.width = words.width();
    this.counter = new ChunkTally.Counter(width);
    this.segment = segment;
    this.end = segment.endsWithTop() ? segment.top() : segment.walked().end();
    this.deadline = deadline;
  }

  /** Walks the segment up to its top chunk, or to its end; the top chunk itself is not counted. */
  static ChunkTally walk(WordWindow words, Segment segment, WalkDeadline deadline) {
    return new ChunkWalk(words, segment, deadline).run();
  }

  private ChunkTally run() {
    long chunk = segment.walked().start();
    while (chunk < end && !isEndFence(chunk)) {
      boolean timeIsUp = (++chunksMet & ASK_THE_CLOCK_MASK) == 0 && deadline.isOver();
      long next = timeIsUp ? 0 : next(chunk);
      if (next == 0) {
        next = timeIsUp ? end : findSoundChunk(chunk);
        counter.lost(chunk, next - chunk);
      } else {
        count(chunk, next - chunk, words.at(next + width.bytes()));
      }
      chunk = next;
    }
    if (chunk > end) {
      counter.lost(chunk, 0);
    }
    return counter.tally();
  }

  private void count(long chunk, long size, long nextSizeField) {
    if (size < width.smallestChunk()) {
      return;
    }
    if (Chunk.previousInUse(nextSizeField)) {
      counter.inUse(chunk, size);
    } else {
      counter.free(chunk, size);
    }
  }

  /** The chunk after this one, or 0 when the two don't agree about themselves. */
  private long next(long chunk) {
    long sizeField = words.at(chunk + width.bytes());
    if (!Chunk.isSane(sizeField, end - chunk, width)) {
      return 0;
    }
    long size = Chunk.size(sizeField);
    long next = chunk + size;
    long nextSizeField = words.at(next + width.bytes());
    if (nextSizeField == WordWindow.ABSENT) {
      return 0;
    }
    // Only a free chunk's size is repeated in the head of the next one.
    boolean agree = Chunk.previousInUse(nextSizeField) || words.at(next) == size;
    return agree ? next : 0;
  }

  /** The last chunk of a heap that was filled up is a fence, a head long, with another of no size behind it. */
  private boolean isEndFence(long chunk) {
    return !segment.endsWithTop() && end - chunk < width.smallestChunk() + Chunk.ALIGNMENT
        && Chunk.size(words.at(chunk + width.bytes())) <= width.headBytes();
  }

  private long findSoundChunk(long lost) {
    for (long place = lost + Chunk.ALIGNMENT; place < end
        && placesTried < MOST_PLACES_TRIED; place += Chunk.ALIGNMENT) {
      placesTried++;
      if (isSound(place)) {
        return place;
      }
    }
    return end;
  }

  private boolean isSound(long place) {
    long chunk = place;
    for (int i = 0; i < SOUND_CHUNKS; i++) {
      if (chunk == end) {
        return i > 0;
      }
      long next = next(chunk);
      if (next == 0 || next - chunk < width.smallestChunk()) {
        return false;
      }
      chunk = next;
    }
    return true;
  }

  /**
   * What a walk over one segment counted.
   *
   * @param perThreadCaches chunks in use whose size is that of a thread's cache of free chunks
   * @param brokenAt where the walk first lost its way, or 0
   * @param steps how many chunks it met
   */
  record ChunkTally(
      long inUseBytes,
      long freeBytes,
      List<AddressRange> freeChunks,
      List<Long> perThreadCaches,
      long brokenAt,
      long steps) {
    ChunkTally {
      freeChunks = List.copyOf(freeChunks);
      perThreadCaches = List.copyOf(perThreadCaches);
    }

    boolean complete() {
      return brokenAt == 0;
    }

    /** Counts up to a tally; free chunks below a page are only summed. */
    static final class Counter {
      private static final int WORTH_A_LOOK = 4096;

      private final WordWidth width;
      private final List<AddressRange> freeChunks = new ArrayList<>();
      private final List<Long> perThreadCaches = new ArrayList<>();
      private long inUseBytes;
      private long freeBytes;
      private long brokenAt;
      private long steps;

      Counter(WordWidth width) {
        this.width = width;
      }

      void inUse(long chunk, long size) {
        steps++;
        inUseBytes += size;
        if (ThreadCaches.hasSizeOfOne(size, width)) {
          perThreadCaches.add(chunk);
        }
      }

      void free(long chunk, long size) {
        steps++;
        freeBytes += size;
        if (size >= WORTH_A_LOOK) {
          freeChunks.add(AddressRange.ofSize(chunk, size));
        }
      }

      void lost(long address, long bytesSkipped) {
        inUseBytes += bytesSkipped;
        if (brokenAt == 0) {
          brokenAt = address;
        }
      }

      ChunkTally tally() {
        return new ChunkTally(inUseBytes, freeBytes, freeChunks, perThreadCaches, brokenAt, steps);
      }
    }
  }
}
