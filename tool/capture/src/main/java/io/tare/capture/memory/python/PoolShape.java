package io.tare.capture.memory.python;

import java.util.List;

/**
 * How a version of CPython cuts its arenas up: 2.7 to 3.6, 3.7 to 3.9, 3.10 and later.
 *
 * @param alignmentBits blocks are multiples of 8 or 16 bytes
 */
record PoolShape(int arenaBytes, int poolBytes, int alignmentBits) {
  static final List<PoolShape> KNOWN = List.of(new PoolShape(1 << 20, 1 << 14, 4), new PoolShape(1 << 18, 1 << 12, 4),
      new PoolShape(1 << 18, 1 << 12, 3));
  private static final int LARGEST_BLOCK = 512;

  int sizeClasses() {
    return LARGEST_BLOCK >> alignmentBits;
  }

  int blockBytes(int sizeClass) {
    return (sizeClass + 1) << alignmentBits;
  }

  int blocksInPool(int blockBytes) {
    return (poolBytes - PoolHead.BYTES) / blockBytes;
  }
}
