package io.tare.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Records of one size outside the Java heap, allocated and freed one by one.
 *
 * <pre>{@code
 * try (Slab orders = Slab.of(24, 10_000_000)) {
 *   long order = orders.allocate();             // all zeros
 *   orders.putLong(order, 0, price);
 *   orders.free(order);                         // from here on the handle throws
 * }
 * }</pre>
 *
 * <p>A record costs its bytes, rounded up to 8, and four more; no object, no header, nothing for the collector to mark.
 * Handles carry the record's generation: use after free and double free always throw (until the same place was used two
 * thousand million times), and access outside the record throws too. For one thread at a time.
 *
 * <p>Made for memory, not for speed: each read checks the handle, the bounds and that the memory is still there, and costs many times
 * what a field of an object does ({@code docs/kit.md} has the measurement). Where reading counts, use objects or Agrona's buffers.
 */
public final class Slab implements AutoCloseable {
  private static final int CHUNK_RECORDS_LOG = 12;
  private static final int CHUNK_RECORDS = 1 << CHUNK_RECORDS_LOG;
  private static final int LARGEST_RECORD_BYTES = 1 << 16;
  private static final int NONE = -1;
  private final OffHeap memory = new OffHeap();
  private final List<ByteBuffer> chunks = new ArrayList<>();
  private final int recordBytes;
  private final int maxRecords;
  /** Odd while the record is in use. */
  private int[] generations = new int[0];
  private int firstFree = NONE;
  private int fresh;
  private int live;

  private Slab(int recordBytes, int maxRecords) {
    this.recordBytes = recordBytes;
    this.maxRecords = maxRecords;
  }

  /** A slab for at most so many records of so many bytes. Memory is taken for 4,096 records at a time. */
  public static Slab of(int recordBytes, int maxRecords) {
    if (recordBytes < 1 || recordBytes > LARGEST_RECORD_BYTES || maxRecords < 0) {
      throw new IllegalArgumentException(maxRecords + " records of " + recordBytes + " bytes");
    }
    return new Slab((recordBytes + 7) & -8, maxRecords);
  }

  /**
   * A handle to a record of zeros.
   *
   * @throws IllegalStateException when the slab is full or closed
   */
  public long allocate() {
    int record = firstFree == NONE ? takeFresh() : takeFree();
    live++;
    return ((long) ++generations[record] << 32) | record;
  }

  /** Frees a record. */
  public void free(long handle) {
    int at = locate(handle, 0, 4);
    int record = (int) handle;
    chunk(record).putInt(at, firstFree);
    firstFree = record;
    generations[record]++;
    live--;
  }

  /** How many records are in use; the ones left at the end were leaked. */
  public int live() {
    return live;
  }

  /** The bytes taken, outside the heap and inside. */
  public long heldBytes() {
    return (long) chunks.size() * CHUNK_RECORDS * recordBytes + 4L * generations.length;
  }

  /** Reads 8 bytes at an offset in the record. */
  public long getLong(long handle, int offset) {
    int at = locate(handle, offset, 8);
    return chunk((int) handle).getLong(at);
  }

  /** Writes 8 bytes at an offset in the record. */
  public void putLong(long handle, int offset, long value) {
    int at = locate(handle, offset, 8);
    chunk((int) handle).putLong(at, value);
  }

  /** Reads 4 bytes at an offset in the record. */
  public int getInt(long handle, int offset) {
    int at = locate(handle, offset, 4);
    return chunk((int) handle).getInt(at);
  }

  /** Writes 4 bytes at an offset in the record. */
  public void putInt(long handle, int offset, int value) {
    int at = locate(handle, offset, 4);
    chunk((int) handle).putInt(at, value);
  }

  /** Gives the memory back; every handle is stale. */
  @Override
  public void close() {
    generations = new int[0];
    chunks.clear();
    firstFree = NONE;
    fresh = maxRecords;
    live = 0;
    memory.close();
  }

  private int takeFree() {
    int record = firstFree;
    ByteBuffer chunk = chunk(record);
    int start = startOf(record);
    firstFree = chunk.getInt(start);
    for (int at = start; at < start + recordBytes; at += 8) {
      chunk.putLong(at, 0);
    }
    return record;
  }

  private int takeFresh() {
    if (fresh >= maxRecords) {
      throw new IllegalStateException("the slab is full or closed: " + maxRecords + " records");
    }
    if (fresh == generations.length) {
      chunks.add(memory.allocate(CHUNK_RECORDS * recordBytes).order(ByteOrder.nativeOrder()));
      generations = Arrays.copyOf(generations, generations.length + CHUNK_RECORDS);
    }
    return fresh++;
  }

  private int locate(long handle, int offset, int width) {
    int record = (int) handle;
    int generation = (int) (handle >>> 32);
    if (record < 0 || record >= generations.length || generations[record] != generation || (generation & 1) == 0) {
      throw new IllegalStateException("used after free");
    }
    return startOf(record) + Objects.checkIndex(offset, recordBytes - width + 1);
  }

  private ByteBuffer chunk(int record) {
    return chunks.get(record >>> CHUNK_RECORDS_LOG);
  }

  private int startOf(int record) {
    return (record & (CHUNK_RECORDS - 1)) * recordBytes;
  }
}
