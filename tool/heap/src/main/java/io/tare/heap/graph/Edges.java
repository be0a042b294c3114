package io.tare.heap.graph;

import io.tare.heap.store.BigArrays.Bytes;
import io.tare.heap.store.BigArrays.Ints;
import io.tare.heap.store.Storage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All references of all objects but those from an object to its class, which follow from its shape. An object's references stand
 * in a row whose last entry is marked. Rows stand where there was room when the walk over the dump met the object, so that one
 * walk is enough; every object says where its row starts. Many have but one reference: it stands in the place of the start.
 */
public final class Edges implements AutoCloseable {
  /** An object without references. */
  public static final long NONE = -1;

  private static final int LAST = 1 << 31;
  private static final int START_BITS = 31;
  private static final int LEAST_CHUNK_BITS = 15;
  private static final int MOST_CHUNK_BITS = 20;
  /** So many objects have one chunk: little is lost at the end of the last one. */
  private static final int OBJECTS_PER_CHUNK_BITS = 6;

  private final Storage storage;
  private final int chunkBits;
  /** Where the row starts, plus one; or with the mark of the last the only reference; or 0. */
  private final Ints starts;
  /** What of a start does not fit into an int; only if there may be so many references. */
  private final @Nullable Bytes highStarts;
  /** Some are missing: a row had fewer references than was thought. */
  private volatile @Nullable Ints[] chunks = new Ints[16];
  private long nextChunk;

  /** @param mostReferences that there can be */
  public Edges(Storage storage, int objects, long mostReferences) {
    this.storage = storage;
    int bits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(objects) - OBJECTS_PER_CHUNK_BITS;
    this.chunkBits = Math.clamp(bits, LEAST_CHUNK_BITS, MOST_CHUNK_BITS);
    this.starts = new Ints(storage, objects + 1L);
    // Up to half of the room may stay empty.
    boolean wide = 2 * mostReferences + (1L << MOST_CHUNK_BITS) * Byte.MAX_VALUE > Integer.MAX_VALUE;
    this.highStarts = wide ? new Bytes(storage, objects + 1L) : null;
  }

  /** What {@link #entry} takes for the first reference of an object, or {@link #NONE}; for the next ones it takes one more. */
  public long start(int node) {
    int start = starts.get(node);
    if (isLast(start)) {
      return NONE - 1 - target(start);
    }
    return (highStarts == null ? start : start | (highStarts.get(node) & 0xffL) << START_BITS) - 1;
  }

  /** An entry of a row, to be asked for its {@link #target} and whether it {@link #isLast}. */
  public int entry(long at) {
    if (at < NONE) {
      return (int) (NONE - 1 - at) | LAST;
    }
    Ints chunk = chunks[(int) (at >>> chunkBits)];
    return chunk == null ? LAST : chunk.get(at & ((1 << chunkBits) - 1));
  }

  /** The object that is referred to, 0 if the dump does not hold it. */
  public static int target(int entry) {
    return entry & ~LAST;
  }

  public static boolean isLast(int entry) {
    return entry < 0;
  }

  public Writer writer() {
    return new Writer();
  }

  private synchronized long reserve(long count) {
    long first = nextChunk;
    nextChunk += count;
    return first;
  }

  private synchronized Ints makeChunk(long number) {
    if (number >= chunks.length) {
      chunks = Arrays.copyOf(chunks, Math.toIntExact(number * 2));
    }
    Ints chunk = new Ints(storage, 1L << chunkBits);
    chunks[(int) number] = chunk;
    return chunk;
  }

  @Override
  public void close() {
    starts.close();
    if (highStarts != null) {
      highStarts.close();
    }
    for (Ints chunk : chunks) {
      if (chunk != null) {
        chunk.close();
      }
    }
  }

  /** Writes row after row. One thread's own. */
  public final class Writer {
    private final long mask = (1L << chunkBits) - 1;
    private long at;
    private long end;
    private @Nullable Ints chunk;
    private long first;
    private int pending;
    private boolean isPending;

    /** Starts a row of at most so many references. */
    public void begin(long most) {
      if (end - at < most) {
        long count = (most + mask) >>> chunkBits;
        at = reserve(count) << chunkBits;
        end = at + (count << chunkBits);
        chunk = null;
      }
      first = at;
    }

    public void add(int target) {
      if (isPending) {
        write(pending);
      }
      pending = target;
      isPending = true;
    }

    /** The row is this object's. */
    public void end(int node) {
      if (isPending && at == first) {
        starts.set(node, pending | LAST);
      } else if (isPending) {
        write(pending | LAST);
        long start = first + 1;
        starts.set(node, (int) start & ~LAST);
        if (highStarts != null) {
          highStarts.set(node, (byte) (start >>> START_BITS));
        }
      }
      isPending = false;
    }

    private void write(int entry) {
      Ints into = chunk;
      if (into == null || (at & mask) == 0) {
        into = makeChunk(at >>> chunkBits);
        chunk = into;
      }
      into.set(at++ & mask, entry);
    }
  }
}
