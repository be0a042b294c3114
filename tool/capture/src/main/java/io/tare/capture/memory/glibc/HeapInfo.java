package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The head of one heap of a secondary arena, {@code struct heap_info}, at a multiple of 64 MB.
 *
 * @param usedBytes how far the arena uses the heap
 * @param writableBytes how far it was ever made writable
 */
record HeapInfo(long base, long arena, long previous, long usedBytes, long writableBytes) {
  static final long HEAP_BYTES = 64L << 20;
  private static final int WORDS = 4;

  /** glibc before 2.35 and since. */
  private static final int SHORT_HEAD_BYTES = 32;
  private static final int LONG_HEAD_BYTES = 48;

  static Optional<HeapInfo> read(ProcessMemory memory, long base) {
    Optional<byte[]> words = memory.read(base, WORDS * Long.BYTES);
    if (words.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer head = ProcessMemory.inOrder(words.get());
    HeapInfo heap = new HeapInfo(base, head.getLong(), head.getLong(), head.getLong(), head.getLong());
    return heap.isPlausible(memory.pageBytes()) ? Optional.of(heap) : Optional.empty();
  }

  private boolean isPlausible(int pageBytes) {
    if (usedBytes <= 0 || usedBytes > writableBytes || writableBytes > HEAP_BYTES || usedBytes % pageBytes != 0) {
      return false;
    }
    return isFirst()
        ? previous == 0
        : previous > 0 && previous % HEAP_BYTES == 0 && arena > 0 && arena % Long.BYTES == 0;
  }

  /** Whether the arena itself lies in this heap, right after the head. */
  boolean isFirst() {
    return arena - base == SHORT_HEAD_BYTES || arena - base == LONG_HEAD_BYTES;
  }

  /** Size of the head, as the arena's place in its first heap tells. */
  static int headBytes(long arena) {
    return (int) (arena % HEAP_BYTES);
  }

  AddressRange used() {
    return AddressRange.ofSize(base, usedBytes);
  }

  AddressRange writable() {
    return AddressRange.ofSize(base, writableBytes);
  }
}
