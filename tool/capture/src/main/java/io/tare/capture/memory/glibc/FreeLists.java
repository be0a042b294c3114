package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.capture.memory.glibc.GlibcMalloc.WalkDeadline;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** The free chunks that a walk over an arena takes for used ones, since glibc leaves their marks standing: fastbins and thread caches. */
final class FreeLists {
  private final WordWidth width;
  private final FreeChain fastBins;
  private final ThreadCaches caches;

  FreeLists(ProcessMemory memory, WordWidth width, WalkDeadline deadline) {
    this.width = width;
    this.fastBins = FreeChain.ofFastBins(memory, width, deadline);
    this.caches = new ThreadCaches(memory, width, FreeChain.ofThreadCaches(memory, width, deadline));
  }

  /** Bytes in the arena's fastbins; a bin that changes under the reader counts nothing. */
  long inFastBins(ArenaState arena) {
    long sum = 0;
    for (int bin = 0; bin < arena.fastBins().size(); bin++) {
      long chunkSize = width.smallestChunk() + (long) bin * width.headBytes();
      OptionalLong count = fastBins.countFromHead(arena.fastBins().get(bin), chunkSize);
      sum += count.orElse(0) * chunkSize;
    }
    return sum;
  }

  long inThreadCaches(Iterable<Long> candidates) {
    long sum = 0;
    for (long candidate : candidates) {
      sum += caches.freeBytes(candidate);
    }
    return sum;
  }

  /**
   * The caches of free chunks that each thread keeps for itself ({@code tcache}). They lie in the arenas as chunks of a size of their
   * own and are told from other chunks of that size by their lists, which must be whole.
   */
  static final class ThreadCaches {
    private static final int LISTS = 64;

    /** The longest list that glibc builds unless it is told otherwise. */
    private static final int MOST_CACHED = 7;
    private static final Shape[] SHAPES = {new Shape(Short.BYTES, 128, LISTS), new Shape(1, 64, LISTS),
        new Shape(0, 152, LISTS + 12)};

    private final ProcessMemory memory;
    private final WordWidth width;
    private final FreeChain chain;

    ThreadCaches(ProcessMemory memory, WordWidth width, FreeChain chain) {
      this.memory = memory;
      this.width = width;
      this.chain = chain;
    }

    /**
     * How a version lays its caches out: since 2.30, since 2.26, since 2.42.
     *
     * @param countBytes width of a list's length at the start of the cache; 0 where it stores another number
     * @param headsAt where the list heads begin
     * @param heads how many there are; those beyond {@link #LISTS} are of lists of many sizes
     */
    private record Shape(int countBytes, int headsAt, int heads) {
      /** Of the chunk that holds the whole cache. */
      long chunkSize(WordWidth width) {
        long bytes = headsAt + (heads + 1L) * width.bytes();
        return (bytes + Chunk.ALIGNMENT - 1) & -Chunk.ALIGNMENT;
      }

      int count(ByteBuffer cache, int list) {
        return countBytes == 1
            ? Byte.toUnsignedInt(cache.get(list))
            : Short.toUnsignedInt(cache.getShort(list * Short.BYTES));
      }

      long head(ByteBuffer cache, int list, WordWidth width) {
        return width.word(cache, headsAt + list * width.bytes());
      }
    }

    static boolean hasSizeOfOne(long chunkSize, WordWidth width) {
      // Asked of every chunk: a stream would cost more than all the rest of the walk.
      for (Shape shape : SHAPES) {
        if (shape.chunkSize(width) == chunkSize) {
          return true;
        }
      }
      return false;
    }

    /** Bytes of the free chunks that the cache in this chunk holds; 0 when the chunk holds something else. */
    long freeBytes(long chunk) {
      OptionalLong sizeField = width.sizeField(memory, chunk);
      for (Shape shape : SHAPES) {
        if (sizeField.isPresent() && Chunk.size(sizeField.getAsLong()) == shape.chunkSize(width)) {
          return memory.read(chunk + width.headBytes(), shape.headsAt() + LISTS * width.bytes())
              .map(ProcessMemory::inOrder)
              .map(cache -> freeBytes(cache, shape)).orElse(0L);
        }
      }
      return 0;
    }

    private long freeBytes(ByteBuffer cache, Shape shape) {
      long sum = 0;
      for (int list = 0; list < LISTS; list++) {
        long chunkSize = width.smallestChunk() + (long) list * Chunk.ALIGNMENT;
        OptionalLong length = length(cache, shape, list);
        if (length.isEmpty()) {
          return 0;
        }
        sum += length.getAsLong() * chunkSize;
      }
      return sum;
    }

    /** The length of one list; empty when this is none. */
    private OptionalLong length(ByteBuffer cache, Shape shape, int list) {
      long chunkSize = width.smallestChunk() + (long) list * Chunk.ALIGNMENT;
      long head = shape.head(cache, list, width);
      if (shape.countBytes() == 0) {
        return chain.countFromHead(head, chunkSize);
      }
      int count = shape.count(cache, list);
      boolean agree = (count == 0) == (head == 0) && count <= MOST_CACHED
          && (head == 0 || chain.beginsAt(head, chunkSize));
      return agree ? OptionalLong.of(count) : OptionalLong.empty();
    }
  }
}

/**
 * A singly linked list of free chunks of one size, as fastbins and thread caches keep them. Since 2.32 a link is stored xor-ed with
 * its own place; which of the two it is tells each link itself.
 */
final class FreeChain {
  private static final int MOST_CHUNKS = 1 << 20;
  private static final int LINK_SHIFT = 12;

  private final ProcessMemory memory;
  private final WordWidth width;
  private final WalkDeadline deadline;
  private final int linksPointAt;

  private FreeChain(ProcessMemory memory, WordWidth width, WalkDeadline deadline, int linksPointAt) {
    this.memory = memory;
    this.width = width;
    this.deadline = deadline;
    this.linksPointAt = linksPointAt;
  }

  static FreeChain ofFastBins(ProcessMemory memory, WordWidth width, WalkDeadline deadline) {
    return new FreeChain(memory, width, deadline, 0);
  }

  /** A thread cache's links point past the head of a chunk. */
  static FreeChain ofThreadCaches(ProcessMemory memory, WordWidth width, WalkDeadline deadline) {
    return new FreeChain(memory, width, deadline, width.headBytes());
  }

  /** The length of the list that a list head in memory points to. */
  OptionalLong countFromHead(long link, long chunkSize) {
    return count(target(link), chunkSize);
  }

  /** Whether a list head in memory points to a chunk of this size. */
  boolean beginsAt(long link, long chunkSize) {
    return isChunk(target(link), chunkSize);
  }

  /** How many chunks of this size follow from the first one on; empty when one of them is none, or time is up. */
  private OptionalLong count(long first, long chunkSize) {
    Set<Long> seen = new HashSet<>();
    long chunk = first;
    while (chunk != 0) {
      if (!isChunk(chunk, chunkSize) || !seen.add(chunk) || seen.size() > MOST_CHUNKS || deadline.isOver()) {
        return OptionalLong.empty();
      }
      OptionalLong link = width.word(memory, chunk + width.headBytes());
      if (link.isEmpty()) {
        return OptionalLong.empty();
      }
      chunk = follow(chunk + width.headBytes(), link.getAsLong(), chunkSize);
    }
    return OptionalLong.of(seen.size());
  }

  private long follow(long place, long stored, long chunkSize) {
    long unveiled = target(stored ^ (place >>> LINK_SHIFT));
    return unveiled == 0 || isChunk(unveiled, chunkSize) ? unveiled : target(stored);
  }

  private long target(long link) {
    return link == 0 ? 0 : link - linksPointAt;
  }

  private boolean isChunk(long chunk, long chunkSize) {
    if (!width.mayBeChunk(chunk)) {
      return false;
    }
    OptionalLong sizeField = width.sizeField(memory, chunk);
    return sizeField.isPresent() && Chunk.size(sizeField.getAsLong()) == chunkSize;
  }
}
