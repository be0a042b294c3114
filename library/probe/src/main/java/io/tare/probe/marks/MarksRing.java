package io.tare.probe.marks;

import static io.tare.probe.marks.MarksLayout.*;

import io.tare.probe.MemoryStats;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a marks file: a ring of records in a mapped file, safe from any thread, without locks.
 *
 * <p>A writer takes a ticket, and by it a record, which belongs to it from a compare-and-set until it is complete; a record that
 * another thread holds is stepped over. Who holds what is kept on the heap: the file itself sees plain stores only, because an
 * atomic operation on a page that someone cut off ends the JVM, where a store ends in an exception.
 */
public final class MarksRing implements Closeable {
  private static final int MAX_ATTEMPTS = 4;
  private static final boolean TOLD_ON_RETURN = Runtime.version().feature() >= 21;

  private final Path path;
  private final MappedByteBuffer mapping;
  private final RandomAccessFile file;
  private final int records;
  private final AtomicLong nextTicket = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLongArray sequences;
  private volatile boolean broken;

  private MarksRing(Path path, MarksFileCreation.Created created, int records) {
    this.path = path;
    this.mapping = created.mapping();
    this.file = created.file();
    this.records = records;
    this.sequences = new AtomicLongArray(records);
  }

  /** Creates the file, which must not exist. The number of records must be a power of two. */
  public static MarksRing create(Path path, int records) throws IOException {
    if (records < 1 || records > MAX_RECORDS || Integer.bitCount(records) != 1) {
      throw new IllegalArgumentException("records must be a power of two up to " + MAX_RECORDS + ", not " + records);
    }
    return new MarksRing(path, MarksFileCreation.create(path, records), records);
  }

  public Path path() {
    return path;
  }

  /** Whether someone cut the file short, so that nothing can be written any more. */
  public boolean isBroken() {
    return broken;
  }

  /** Writes one mark; says whether it is in the file. Never throws for want of space or of luck. */
  public boolean write(String label, long items, @Nullable MemoryStats stats) {
    if (broken) {
      return false;
    }
    try {
      for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
        long ticket = nextTicket.getAndIncrement();
        int slot = slot(ticket);
        if (take(slot, ticket)) {
          writeRecord(ticket, label, items, stats);
          if (!isThere()) {
            return false;
          }
          sequences.setRelease(slot, complete(ticket));
          return true;
        }
      }
      mapping.putLong(AT_SKIPPED, skipped.incrementAndGet());
      isThere();
      return false;
    } catch (InternalError pageNotThere) {
      // Someone cut the file short: the kernel answers an access behind its end with SIGBUS, which the JVM turns into this.
      broken = true;
      return false;
    }
  }

  /**
   * Compiled code goes on after a store behind the file's end, and is told of it later: that has to be here, and not somewhere in the
   * application. Since JDK 21 a return from native code tells it. Before, only the JVM's own work does, and what such code reads back there may
   * look like what it wrote: so the file is asked for its length, not by its channel, which a thread that is interrupted would close.
   */
  private boolean isThere() {
    if (TOLD_ON_RETURN) {
      return Runtime.getRuntime().maxMemory() > 0;
    }
    if (lengthBytes() >= mapping.capacity()) {
      return true;
    }
    broken = true;
    return isToldByJvm();
  }

  private long lengthBytes() {
    try {
      return file.length();
    } catch (IOException closed) {
      return mapping.capacity();
    }
  }

  /** An array of arrays is always made by the JVM, never by compiled code: what it has to tell is thrown here. */
  private boolean isToldByJvm() {
    return new byte[Math.min(records, 2)][0].length == 0;
  }

  private boolean take(int slot, long ticket) {
    long found = sequences.get(slot);
    return (found & 1) == 0 && found < writing(ticket) && sequences.compareAndSet(slot, found, writing(ticket));
  }

  private void writeRecord(long ticket, String label, long items, @Nullable MemoryStats stats) {
    int record = HEADER_BYTES + slot(ticket) * RECORD_BYTES;
    LONGS.setRelease(mapping, record + IN_SEQUENCE, writing(ticket));
    VarHandle.storeStoreFence();
    mapping.putLong(record + IN_MONOTONIC_NANOS, System.nanoTime());
    mapping.putLong(record + IN_ITEMS, items);
    mapping.putLong(record + IN_THREAD_ID, Thread.currentThread().getId());
    mapping.putShort(record + IN_LABEL_LENGTH, (short) Utf8.put(label, mapping, record + IN_LABEL));
    mapping.putShort(record + IN_FLAGS, (short) (stats == null ? 0 : FLAG_STATS));
    if (stats != null) {
      stats.copyTo(mapping, record + IN_STATS, STATS);
    }
    mapping.putInt(record + IN_CHECKSUM, checksum(mapping, record, ticket));
    LONGS.setRelease(mapping, record + IN_SEQUENCE, complete(ticket));
    mapping.putLong(AT_NEXT_TICKET, ticket + 1);
  }

  private int slot(long ticket) {
    return (int) (ticket & (records - 1));
  }

  /** Gives up the file's lock; the mapping lives until it is collected, and writing goes on if someone still does. */
  @Override
  public void close() throws IOException {
    file.close();
  }

  /** For tests of what a writer that dies half-way leaves behind. */
  ByteBuffer bytes() {
    return mapping;
  }

  /** For tests of a thread that never comes back to finish a record. */
  void hold(int slot, long ticket) {
    sequences.set(slot, writing(ticket));
    mapping.putLong(HEADER_BYTES + slot * RECORD_BYTES, writing(ticket));
  }
}
