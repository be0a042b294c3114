package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * The caches of free chunks that each thread keeps for itself ({@code tcache}). They lie in the arenas as chunks of a size of their
 * own and are told from other chunks of that size by their lists, which must be whole.
 */
final class ThreadCaches {
  private static final int LISTS = 64;

  /** The longest list that glibc builds unless it is told otherwise. */
  private static final int MOST_CACHED = 7;
  private static final Shape[] SHAPES = {new Shape(0x290, Short.BYTES, 128), new Shape(0x250, 1, 64),
      new Shape(0x300, 0, 152)};

  private final ProcessMemory memory;
  private final FreeChain chain;

  ThreadCaches(ProcessMemory memory, FreeChain chain) {
    this.memory = memory;
    this.chain = chain;
  }

  /**
   * How a version lays its caches out: since 2.30, since 2.26, since 2.42.
   *
   * @param chunkSize of the whole cache
   * @param countBytes width of a list's length at the start of the cache; 0 where it stores another number
   * @param headsAt where the list heads begin
   */
  private record Shape(long chunkSize, int countBytes, int headsAt) {
    int count(ByteBuffer cache, int list) {
      return countBytes == 1
          ? Byte.toUnsignedInt(cache.get(list))
          : Short.toUnsignedInt(cache.getShort(list * Short.BYTES));
    }

    long head(ByteBuffer cache, int list) {
      return cache.getLong(headsAt + list * Long.BYTES);
    }
  }

  static boolean hasSizeOfOne(long chunkSize) {
    // Asked of every chunk: a stream would cost more than all the rest of the walk.
    for (Shape shape : SHAPES) {
      if (shape.chunkSize() == chunkSize) {
        return true;
      }
    }
    return false;
  }

  /** Bytes of the free chunks that the cache in this chunk holds; 0 when the chunk holds something else. */
  long freeBytes(long chunk) {
    OptionalLong sizeField = memory.u64(chunk + Long.BYTES);
    for (Shape shape : SHAPES) {
      if (sizeField.isPresent() && Chunk.size(sizeField.getAsLong()) == shape.chunkSize()) {
        return memory.read(chunk + Chunk.HEAD_BYTES, shape.headsAt() + LISTS * Long.BYTES).map(ProcessMemory::inOrder)
            .map(cache -> freeBytes(cache, shape)).orElse(0L);
      }
    }
    return 0;
  }

  private long freeBytes(ByteBuffer cache, Shape shape) {
    long sum = 0;
    for (int list = 0; list < LISTS; list++) {
      long chunkSize = Chunk.SMALLEST + (long) list * Chunk.ALIGNMENT;
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
    long chunkSize = Chunk.SMALLEST + (long) list * Chunk.ALIGNMENT;
    long head = shape.head(cache, list);
    if (shape.countBytes() == 0) {
      return chain.countFromHead(head, chunkSize);
    }
    int count = shape.count(cache, list);
    boolean agree = (count == 0) == (head == 0) && count <= MOST_CACHED
        && (head == 0 || chain.beginsAt(head, chunkSize));
    return agree ? OptionalLong.of(count) : OptionalLong.empty();
  }
}
