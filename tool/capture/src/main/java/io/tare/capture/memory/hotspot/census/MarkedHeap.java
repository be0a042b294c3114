package io.tare.capture.memory.hotspot.census;

import io.tare.capture.memory.hotspot.HotspotHeap.HeapChanged;
import io.tare.model.jvm.HeapPart;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Which objects were reached, and which of them have still to be looked at: two bits for each place where an object may begin, kept for
 * those stretches of the heap only in which something was reached.
 */
final class MarkedHeap {
  static final int CHUNK_SHIFT = 16;
  static final long CHUNK_BYTES = 1L << CHUNK_SHIFT;
  static final int WORDS = (int) (CHUNK_BYTES / Long.BYTES / Long.SIZE);
  static final byte NOTHING = 0;
  static final byte YOUNG = 1;
  static final byte OLD = 2;
  /** An old object that has parts of the heap for itself: it may go without anything else being moved. */
  static final byte LARGE = 3;

  private static final int BYTES_PER_CHUNK = 2 * WORDS * Long.BYTES;
  /** Of what this program may fill: two gigabytes in which something is reached take 64 MB. */
  private static final int SHARE_OF_MEMORY = 3;
  private static final int MOST_CHUNKS = 1 << 21;

  private final long low;
  private final byte[] roles;
  private final long[][] marked;
  private final long[][] pending;
  private final BitSet waitingOld;
  private final BitSet waitingYoung;
  private final long most;
  private int used;

  MarkedHeap(List<HeapPart> parts, long maxBytes) throws HeapChanged {
    most = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY / BYTES_PER_CHUNK;
    low = parts.stream().mapToLong(HeapPart::bottom).min().orElse(0) & -CHUNK_BYTES;
    long high = Math.max(parts.stream().mapToLong(HeapPart::end).max().orElse(0), low + maxBytes);
    long chunks = (high - low + CHUNK_BYTES - 1) >> CHUNK_SHIFT;
    if (chunks <= 0 || chunks > MOST_CHUNKS) {
      throw new HeapChanged("a heap of " + (high - low) + " bytes");
    }
    roles = new byte[(int) chunks];
    marked = new long[(int) chunks][];
    pending = new long[(int) chunks][];
    waitingOld = new BitSet((int) chunks);
    waitingYoung = new BitSet((int) chunks);
    roles(parts, roles);
  }

  private void roles(List<HeapPart> parts, byte[] into) throws HeapChanged {
    for (HeapPart part : parts) {
      byte role = role(part);
      if ((part.bottom() & CHUNK_BYTES - 1) != 0 && role != NOTHING) {
        throw new HeapChanged("a part of the heap that begins at " + Long.toHexString(part.bottom()));
      }
      int from = Math.clamp((part.bottom() - low) >> CHUNK_SHIFT, 0, into.length);
      int to = Math.clamp((part.end() - low + CHUNK_BYTES - 1) >> CHUNK_SHIFT, 0, into.length);
      Arrays.fill(into, from, to, role);
    }
  }

  /** What is free may be eden a moment later. */
  private static byte role(HeapPart part) {
    return HeapShape.isYoung(part) || part.role().equals("free")
        ? YOUNG
        : HeapShape.isRun(part)
            ? LARGE
            : part.role().equals("old") || part.role().equals("archive") ? OLD : NOTHING;
  }

  /**
   * The heap after a collection: what is young lies elsewhere, and is to be reached again. False when parts of the old generation are gone,
   * and so what lived in them has moved.
   */
  boolean collected(List<HeapPart> parts) throws HeapChanged {
    byte[] now = new byte[roles.length];
    roles(parts, now);
    boolean stays = true;
    for (int chunk = 0; chunk < now.length; chunk++) {
      byte before = roles[chunk];
      stays &= before != OLD || now[chunk] == OLD || marked[chunk] == null;
      if (before == YOUNG || before != now[chunk]) {
        clear(chunk);
      }
      roles[chunk] = now[chunk];
    }
    return stays;
  }

  private void clear(int chunk) {
    used -= marked[chunk] == null ? 0 : 1;
    marked[chunk] = null;
    done(chunk);
  }

  /** Whether there is no room to remember more. */
  boolean isFull() {
    return used >= most;
  }

  /** Reaches an object, and tells what it lies in. Where nothing of the heap is, nothing happens. */
  byte reach(long object) {
    long within = object - low;
    int chunk = (int) (within >>> CHUNK_SHIFT);
    if (within < 0 || within >>> CHUNK_SHIFT >= roles.length || (object & 7) != 0) {
      return NOTHING;
    }
    byte role = roles[chunk];
    if (role == NOTHING) {
      return NOTHING;
    }
    long[] marks = marked[chunk];
    if (marks == null) {
      marks = begin(chunk);
    }
    int bit = (int) (within & CHUNK_BYTES - 1) >> 3;
    long mask = 1L << bit;
    if ((marks[bit >> 6] & mask) == 0) {
      marks[bit >> 6] |= mask;
      if (pending[chunk] == null) {
        pending[chunk] = new long[WORDS];
      }
      pending[chunk][bit >> 6] |= mask;
      (role == YOUNG ? waitingYoung : waitingOld).set(chunk);
    }
    return role;
  }

  private long[] begin(int chunk) {
    used++;
    marked[chunk] = new long[WORDS];
    return marked[chunk];
  }

  boolean isReached(long object) {
    long within = object - low;
    if (within < 0 || within >>> CHUNK_SHIFT >= roles.length) {
      return false;
    }
    long[] marks = marked[(int) (within >>> CHUNK_SHIFT)];
    int bit = (int) (within & CHUNK_BYTES - 1) >> 3;
    return marks != null && (marks[bit >> 6] & 1L << bit) != 0;
  }

  /** What lies at an address. */
  byte role(long address) {
    long chunk = (address - low) >> CHUNK_SHIFT;
    return chunk < 0 || chunk >= roles.length ? NOTHING : roles[(int) chunk];
  }

  byte roleOf(int chunk) {
    return roles[chunk];
  }

  int chunks() {
    return roles.length;
  }

  int chunkOf(long address) {
    return (int) ((address - low) >> CHUNK_SHIFT);
  }

  long startOf(int chunk) {
    return low + ((long) chunk << CHUNK_SHIFT);
  }

  /**
   * The next stretch in which something waits, from that one on and then from the beginning; -1 for none. The old ones come first: what was
   * found there stays found when a collection moves what is young.
   */
  int nextWaiting(int from) {
    int old = next(waitingOld, from);
    return old >= 0 ? old : next(waitingYoung, from);
  }

  private static int next(BitSet waiting, int from) {
    int next = waiting.nextSetBit(from);
    return next >= 0 ? next : waiting.nextSetBit(0);
  }

  /** What waits in a stretch: a bit for each place. It is the caller's to clear. */
  long[] pending(int chunk) {
    long[] bits = pending[chunk];
    return bits == null ? new long[WORDS] : bits;
  }

  void done(int chunk) {
    pending[chunk] = null;
    waitingOld.clear(chunk);
    waitingYoung.clear(chunk);
  }
}
