package io.tare.capture.memory.python;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;

/**
 * The head of one pool, {@code struct pool_header}: blocks in use, the first free block, neighbours, the arena's number, the class of
 * size, the next untouched place and the last one. The last two follow from the class, so that a head is hard to mistake.
 */
record PoolHead(long address, long arena, int blockBytes, int blocksUsed) {
  static final int BYTES = 48;
  private static final int FREE_BLOCK_AT = 8;
  private static final int ARENA_AT = 32;
  private static final int SIZE_CLASS_AT = 36;
  private static final int NEXT_OFFSET_AT = 40;
  private static final int LAST_OFFSET_AT = 44;

  /** Reads the bytes at this address as a head of this shape. */
  static Function<ByteBuffer, Optional<PoolHead>> reader(long address, PoolShape shape) {
    return head -> of(head, address, shape);
  }

  private static Optional<PoolHead> of(ByteBuffer head, long address, PoolShape shape) {
    int sizeClass = head.getInt(SIZE_CLASS_AT);
    if (sizeClass < 0 || sizeClass >= shape.sizeClasses()) {
      return Optional.empty();
    }
    int blockBytes = shape.blockBytes(sizeClass);
    int used = head.getInt(0);
    int next = head.getInt(NEXT_OFFSET_AT);
    boolean offsetsFit = head.getInt(LAST_OFFSET_AT) == shape.poolBytes() - blockBytes && next >= BYTES
        && next <= shape.poolBytes() && (next - BYTES) % blockBytes == 0;
    long free = head.getLong(FREE_BLOCK_AT);
    boolean freeFits = free == 0 || (free > address && free < address + shape.poolBytes());
    boolean fits = offsetsFit && freeFits && used >= 0 && used <= shape.blocksInPool(blockBytes);
    long arena = Integer.toUnsignedLong(head.getInt(ARENA_AT));
    return fits ? Optional.of(new PoolHead(address, arena, blockBytes, used)) : Optional.empty();
  }

  boolean isEmpty() {
    return blocksUsed == 0;
  }
}
