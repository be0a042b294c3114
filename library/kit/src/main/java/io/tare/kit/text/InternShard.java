package io.tare.kit.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One part of a {@link ByteInterner}: runs packed into chunks that only grow, and an open-addressed table of their
 * positions. A run is written before its position is published, so readers need no lock. Positions count pairs of bytes.
 */
final class InternShard {
  static final int CHUNK_BYTES = 1 << 16;
  static final int NOWHERE = -1;

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int PAIRS_PER_CHUNK_LOG = 15;
  private static final int FIRST_SLOTS = 64;
  private final ReentrantLock lock = new ReentrantLock();
  private final long maxBytes;
  private final long seed;
  /** A position plus one; 0 is free. */
  private volatile int[] slots = new int[FIRST_SLOTS];
  private volatile byte[][] chunks = new byte[0][];
  private volatile int size;
  private long usedBytes;

  InternShard(long maxBytes, long seed) {
    this.maxBytes = maxBytes;
    this.seed = seed;
  }

  static long hash(byte[] bytes, int from, int to, long seed) {
    long hash = seed ^ (to - from);
    int at = from;
    for (; at <= to - 8; at += 8) {
      hash = mix(hash ^ Utf8.word(bytes, at));
    }
    for (; at < to; at++) {
      hash = mix(hash ^ bytes[at]);
    }
    return mix(hash);
  }

  int find(int hash, byte[] bytes, int from, int to) {
    int[] table = slots;
    int mask = table.length - 1;
    for (int i = hash & mask;; i = (i + 1) & mask) {
      int found = (int) SLOT.getAcquire(table, i);
      if (found == 0) {
        return NOWHERE;
      }
      if (holds(found - 1, bytes, from, to)) {
        return found - 1;
      }
    }
  }

  /** The position of a run that may be new; nowhere when it is new and there is no room. */
  int add(int hash, byte[] bytes, int from, int to) {
    lock.lock();
    try {
      int known = find(hash, bytes, from, to);
      if (known != NOWHERE) {
        return known;
      }
      if (!makeRoom(to - from + 2)) {
        return NOWHERE;
      }
      int position = write(bytes, from, to);
      int before = size;
      growTable(before + 1);
      insert(slots, hash, position);
      size = before + 1;
      return position;
    } finally {
      lock.unlock();
    }
  }

  byte[] chunk(int position) {
    return chunks[position >>> PAIRS_PER_CHUNK_LOG];
  }

  int start(int position) {
    return ((position & ((1 << PAIRS_PER_CHUNK_LOG) - 1)) << 1) + 2;
  }

  int length(int position) {
    byte[] chunk = chunk(position);
    int start = start(position);
    return ((chunk[start - 2] & 0xFF) << 8) | (chunk[start - 1] & 0xFF);
  }

  int size() {
    return size;
  }

  long heldBytes() {
    return (long) chunks.length * CHUNK_BYTES + 4L * slots.length;
  }

  private boolean holds(int position, byte[] bytes, int from, int to) {
    int start = start(position);
    int length = length(position);
    return length == to - from && Arrays.equals(chunk(position), start, start + length, bytes, from, to);
  }

  /** A run stays within one chunk; what is left of the one before it is lost. */
  private boolean makeRoom(int bytes) {
    long even = (usedBytes + 1) & ~1L;
    boolean fits = even % CHUNK_BYTES + bytes <= CHUNK_BYTES && even / CHUNK_BYTES < chunks.length;
    long start = fits ? even : (long) chunks.length * CHUNK_BYTES;
    if (start + bytes > maxBytes) {
      return false;
    }
    if (!fits) {
      byte[][] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = new byte[CHUNK_BYTES];
      chunks = more;
    }
    usedBytes = start;
    return true;
  }

  private int write(byte[] bytes, int from, int to) {
    int position = (int) (usedBytes >>> 1);
    int start = start(position);
    int length = to - from;
    byte[] chunk = chunk(position);
    chunk[start - 2] = (byte) (length >>> 8);
    chunk[start - 1] = (byte) length;
    System.arraycopy(bytes, from, chunk, start, length);
    usedBytes += length + 2;
    return position;
  }

  private void growTable(int runs) {
    int[] old = slots;
    if (runs <= old.length / 4 * 3) {
      return;
    }
    int[] larger = new int[old.length * 2];
    for (int slot : old) {
      if (slot != 0) {
        int start = start(slot - 1);
        insert(larger, (int) hash(chunk(slot - 1), start, start + length(slot - 1), seed), slot - 1);
      }
    }
    slots = larger;
  }

  private static void insert(int[] table, int hash, int position) {
    int mask = table.length - 1;
    int i = hash & mask;
    while (table[i] != 0) {
      i = (i + 1) & mask;
    }
    SLOT.setRelease(table, i, position + 1);
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }
}
