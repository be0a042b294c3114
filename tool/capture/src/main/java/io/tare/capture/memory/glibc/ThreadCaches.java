package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The caches of free chunks that each thread keeps for itself ({@code tcache}). They lie in the arenas as chunks of a size of their
 * own and are told from other chunks of that size by their lists, which must be whole.
 */
final class ThreadCaches {
  private static final int LISTS = 64;
  private static final List<Shape> SHAPES = List.of(new Shape(0x290, 128), new Shape(0x250, 64), new Shape(0x300, 152));

  private final ProcessMemory memory;
  private final FreeChain chain;

  ThreadCaches(ProcessMemory memory, FreeChain chain) {
    this.memory = memory;
    this.chain = chain;
  }

  /** The size of the whole chunk, and where its list heads begin, which differ by version: 2.30, 2.26, 2.42. */
  private record Shape(long chunkSize, int headsAt) {}

  static boolean hasSizeOfOne(long chunkSize) {
    return SHAPES.stream().anyMatch(shape -> shape.chunkSize() == chunkSize);
  }

  /** Bytes of the free chunks that the cache in this chunk holds; 0 when the chunk holds something else. */
  long freeBytes(long chunk) {
    OptionalLong sizeField = memory.u64(chunk + Long.BYTES);
    for (Shape shape : SHAPES) {
      if (sizeField.isPresent() && Chunk.size(sizeField.getAsLong()) == shape.chunkSize()) {
        return freeBytes(chunk + Chunk.HEAD_BYTES, shape);
      }
    }
    return 0;
  }

  private long freeBytes(long cache, Shape shape) {
    Optional<byte[]> heads = memory.read(cache + shape.headsAt(), LISTS * Long.BYTES);
    if (heads.isEmpty()) {
      return 0;
    }
    ByteBuffer links = ProcessMemory.inOrder(heads.get());
    long sum = 0;
    for (int list = 0; list < LISTS; list++) {
      long chunkSize = Chunk.SMALLEST + (long) list * Chunk.ALIGNMENT;
      OptionalLong count = chain.countFromHead(links.getLong(list * Long.BYTES), chunkSize);
      if (count.isEmpty()) {
        return 0;
      }
      sum += count.getAsLong() * chunkSize;
    }
    return sum;
  }
}
