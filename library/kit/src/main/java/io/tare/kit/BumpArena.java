package io.tare.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Memory outside the Java heap that is allocated by moving a mark and freed all at once.
 *
 * <pre>{@code
 * try (BumpArena arena = BumpArena.upTo(64 << 20)) {
 *   long point = arena.allocate(16);
 *   arena.putLong(point, x);
 *   arena.putLong(point + 8, y);
 *   arena.reset();                 // everything is free again; point is stale and throws from here on
 * }
 * }</pre>
 *
 * <p>An allocation is an address, not an object: it costs the garbage collector nothing. Addresses are aligned to 8 bytes
 * and carry the round they were made in, so that one from before a {@link #reset()} throws (until 65,536 resets later).
 * After a reset the memory holds what was there before. Access beyond an allocation is not noticed within its chunk. For
 * one thread at a time. On JDK 22 and later {@link #close()} gives the memory back at once, before the garbage collector
 * does it.
 *
 * <p>Made for memory, not for speed: each read checks the address, the bounds and that the memory is still there, and costs many times
 * what a field of an object does ({@code docs/kit.md} has the measurement). Where reading counts, use objects or Agrona's buffers.
 */
public final class BumpArena implements AutoCloseable {
  /** The largest allocation. */
  public static final int LARGEST_BYTES = 1 << 20;

  private static final int CHUNK_LOG = 20;
  private static final int ROUND_SHIFT = 48;
  private static final long POSITION_MASK = (1L << ROUND_SHIFT) - 1;
  private final OffHeap memory = new OffHeap();
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final long maxBytes;
  private long position;
  private int round = 1;
  private boolean closed;

  private BumpArena(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** An arena that takes at most so many bytes, a megabyte at a time. */
  public static BumpArena upTo(long maxBytes) {
    return new BumpArena(maxBytes);
  }

  /**
   * The address of so many bytes.
   *
   * @throws IllegalStateException when the arena is full or closed
   */
  public long allocate(int bytes) {
    if (bytes < 0 || bytes > LARGEST_BYTES) {
      throw new IllegalArgumentException("an allocation of " + bytes + " bytes");
    }
    long start = position;
    if ((start & (LARGEST_BYTES - 1)) + bytes > LARGEST_BYTES) {
      start = (start + LARGEST_BYTES - 1) & -LARGEST_BYTES;
    }
    long end = (start + bytes + 7) & -8L;
    if (end > (long) chunks.size() << CHUNK_LOG) {
      grow(end);
    }
    position = end;
    return ((long) round << ROUND_SHIFT) | start;
  }

  /** Frees every allocation; the memory is kept for the next round. */
  public void reset() {
    checkOpen();
    position = 0;
    nextRound();
  }

  /** Gives the memory back. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      nextRound();
      chunks.clear();
      memory.close();
    }
  }

  /** The bytes handed out since the last reset, with what alignment and chunk ends cost. */
  public long usedBytes() {
    return position;
  }

  /** The bytes taken from the system. */
  public long heldBytes() {
    return (long) chunks.size() << CHUNK_LOG;
  }

  /** Reads 8 bytes. */
  public long getLong(long address) {
    return chunk(address).getLong(offset(address));
  }

  /** Writes 8 bytes. */
  public void putLong(long address, long value) {
    chunk(address).putLong(offset(address), value);
  }

  /** Reads 4 bytes. */
  public int getInt(long address) {
    return chunk(address).getInt(offset(address));
  }

  /** Writes 4 bytes. */
  public void putInt(long address, int value) {
    chunk(address).putInt(offset(address), value);
  }

  /** Reads 1 byte. */
  public byte getByte(long address) {
    return chunk(address).get(offset(address));
  }

  /** Writes 1 byte. */
  public void putByte(long address, byte value) {
    chunk(address).put(offset(address), value);
  }

  /** Copies out of the arena, filling the target. */
  public void getBytes(long address, byte[] target) {
    chunk(address).get(offset(address), target);
  }

  /** Copies into the arena. */
  public void putBytes(long address, byte[] source) {
    chunk(address).put(offset(address), source);
  }

  /** An allocation as a buffer, for channels. It does not notice a reset: drop it before. */
  public ByteBuffer view(long address, int bytes) {
    return chunk(address).slice(offset(address), bytes).order(ByteOrder.nativeOrder());
  }

  private void grow(long end) {
    checkOpen();
    if (end > maxBytes) {
      throw new IllegalStateException("the arena is full: " + position + " of " + maxBytes + " bytes");
    }
    while (end > (long) chunks.size() << CHUNK_LOG) {
      chunks.add(memory.allocate(LARGEST_BYTES).order(ByteOrder.nativeOrder()));
    }
  }

  private ByteBuffer chunk(long address) {
    if ((int) (address >>> ROUND_SHIFT) != round) {
      throw new IllegalStateException(closed ? "used after close" : "used after reset");
    }
    return chunks.get((int) ((address & POSITION_MASK) >>> CHUNK_LOG));
  }

  private static int offset(long address) {
    return (int) address & (LARGEST_BYTES - 1);
  }

  private void nextRound() {
    round = (round + 1) & 0xFFFF;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("used after close");
    }
  }
}
