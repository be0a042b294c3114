package io.tare.capture.memory.pthread;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The first bytes of a thread's control block, copied out of the process. */
record ControlBlock(long address, ByteBuffer bytes) {
  /** glibc 2.36 has 2368 bytes; its stack's bounds stand at 0x690. */
  static final int BYTES_LOOKED_AT = 0x900;
  private static final int FEWEST_BYTES = 0x80;
  private static final long LARGEST_STACK = 1L << 38;

  /** Copies the block; where its last page can't be read, what comes before it. */
  static Optional<ControlBlock> read(ProcessMemory memory, long address) {
    int untilPageEnd = (int) (memory.pageBytes() - address % memory.pageBytes());
    return memory.read(address, BYTES_LOOKED_AT)
        .or(() -> untilPageEnd < FEWEST_BYTES ? Optional.empty() : memory.read(address, untilPageEnd))
        .map(bytes -> new ControlBlock(address, ProcessMemory.inOrder(bytes)));
  }

  /** The number of four bytes at this offset; 0 beyond the end. */
  long u32(int offset) {
    return offset + Integer.BYTES <= bytes.limit() ? Integer.toUnsignedLong(bytes.getInt(offset)) : 0;
  }

  private long u64(int offset) {
    return offset + Long.BYTES <= bytes.limit() ? bytes.getLong(offset) : 0;
  }

  /** The stack whose start and size stand at this offset, when it is one that holds this very block. */
  Optional<AddressRange> stack(int offset) {
    long start = u64(offset);
    long size = u64(offset + Long.BYTES);
    boolean holdsThis = start > 0 && size > 0 && size < LARGEST_STACK && start <= address && address < start + size;
    return holdsThis ? Optional.of(AddressRange.ofSize(start, size)) : Optional.empty();
  }
}
