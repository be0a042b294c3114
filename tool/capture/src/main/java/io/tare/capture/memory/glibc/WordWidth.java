package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** How wide a process's words are, and what of malloc's shapes follows from it: a 64-bit machine runs 32-bit programs, too. */
enum WordWidth {
  FOUR(Integer.BYTES, 1L << 20, 16), EIGHT(Long.BYTES, 64L << 20, 32);

  private static final long FIRST_BEYOND_32_BITS = 1L << 32;

  private final int bytes;
  private final long heapBytes;
  private final int smallestChunk;

  WordWidth(int bytes, long heapBytes, int smallestChunk) {
    this.bytes = bytes;
    this.heapBytes = heapBytes;
    this.smallestChunk = smallestChunk;
  }

  /** As the addresses of its mappings tell: the stack of a 64-bit process lies far above 4 GB, that of a 32-bit one can't. */
  static WordWidth of(Smaps smaps) {
    boolean isNarrow = !smaps.mappings().isEmpty() && smaps.mappings().stream()
        .allMatch(mapping -> Long.compareUnsigned(mapping.range().end(), FIRST_BEYOND_32_BITS) <= 0);
    return isNarrow ? FOUR : EIGHT;
  }

  int bytes() {
    return bytes;
  }

  /** Two words: the previous chunk's size where that one is free, and the chunk's own. */
  int headBytes() {
    return 2 * bytes;
  }

  /** The head and the links of a free chunk: {@code malloc_trim} keeps them. */
  int freeHeadBytes() {
    return 6 * bytes;
  }

  /** The smallest chunk that malloc hands out; a smaller one is a fence at the end of a segment. */
  int smallestChunk() {
    return smallestChunk;
  }

  /** The room that each heap of a secondary arena has, which is also how far apart they lie. */
  long heapBytes() {
    return heapBytes;
  }

  /** The place of the first chunk at this address or after it: what is aligned is not the chunk, it is the block behind its head. */
  long chunkFrom(long address) {
    return ((address + headBytes() + Chunk.ALIGNMENT - 1) & -Chunk.ALIGNMENT) - headBytes();
  }

  boolean mayBeChunk(long address) {
    return address > 0 && chunkFrom(address) == address;
  }

  long word(ByteBuffer buffer, int offset) {
    return bytes == Long.BYTES ? buffer.getLong(offset) : Integer.toUnsignedLong(buffer.getInt(offset));
  }

  OptionalLong word(ProcessMemory memory, long address) {
    return bytes == Long.BYTES ? memory.u64(address) : memory.u32(address);
  }

  /** The field of a chunk's head that tells its size. */
  OptionalLong sizeField(ProcessMemory memory, long chunk) {
    return word(memory, chunk + bytes);
  }
}
