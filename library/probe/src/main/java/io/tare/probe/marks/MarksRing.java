package io.tare.probe.marks;

import static io.tare.probe.marks.MarksLayout.*;

import io.tare.probe.MemoryStats;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
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
  private static final boolean TOLD_LATE = Runtime.version().feature() < 21;

  private final Path path;
  private final MappedByteBuffer file;
  private final FileChannel channel;
  private final int records;
  private final AtomicLong nextTicket = new AtomicLong();
  private final AtomicLong skipped = new AtomicLong();
  private final AtomicLongArray sequences;
  private volatile boolean broken;

  private MarksRing(Path path, MarksFileCreation.Created created, int records) {
    this.path = path;
    this.file = created.file();
    this.channel = created.channel();
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
      file.putLong(AT_SKIPPED, skipped.incrementAndGet());
      return false;
    } catch (InternalError pageNotThere) {
      // Someone cut the file short: the kernel answers an access behind its end with SIGBUS, which the JVM turns into this.
      broken = true;
      return false;
    }
  }

  /**
   * Before JDK 21, compiled code goes on after a store behind the file's end, and is told of it when the thread next waits or allocates: that has
   * to be here, and not somewhere in the application. What such code reads back there may look like what it wrote, so the file is asked.
   */
  private boolean isThere() {
    if (!TOLD_LATE || !channel.isOpen() || lengthBytes() >= file.capacity()) {
      return true;
    }
    broken = true;
    LockSupport.parkNanos(1);
    return false;
  }

  private long lengthBytes() {
    try {
      return channel.size();
    } catch (IOException closedMeanwhile) {
      return file.capacity();
    } catch (IndexOutOfBoundsException toldInTheMidst) {
      // The channel was about to note its thread when the error came, and forgets one that it had not noted.
      return 0;
    }
  }

  private boolean take(int slot, long ticket) {
    long found = sequences.get(slot);
    return (found & 1) == 0 && found < writing(ticket) && sequences.compareAndSet(slot, found, writing(ticket));
  }

  private void writeRecord(long ticket, String label, long items, @Nullable MemoryStats stats) {
    int record = HEADER_BYTES + slot(ticket) * RECORD_BYTES;
    LONGS.setRelease(file, record + IN_SEQUENCE, writing(ticket));
    VarHandle.storeStoreFence();
    file.putLong(record + IN_MONOTONIC_NANOS, System.nanoTime());
    file.putLong(record + IN_ITEMS, items);
    file.putLong(record + IN_THREAD_ID, Thread.currentThread().getId());
    file.putShort(record + IN_LABEL_LENGTH, (short) Utf8.put(label, file, record + IN_LABEL));
    file.putShort(record + IN_FLAGS, (short) (stats == null ? 0 : FLAG_STATS));
    if (stats != null) {
      stats.copyTo(file, record + IN_STATS, STATS);
    }
    file.putInt(record + IN_CHECKSUM, checksum(file, record, ticket));
    LONGS.setRelease(file, record + IN_SEQUENCE, complete(ticket));
    file.putLong(AT_NEXT_TICKET, ticket + 1);
  }

  private int slot(long ticket) {
    return (int) (ticket & (records - 1));
  }

  /** Gives up the file's lock; the mapping lives until it is collected, and writing goes on if someone still does. */
  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** For tests of what a writer that dies half-way leaves behind. */
  ByteBuffer bytes() {
    return file;
  }

  /** For tests of a thread that never comes back to finish a record. */
  void hold(int slot, long ticket) {
    sequences.set(slot, writing(ticket));
    file.putLong(HEADER_BYTES + slot * RECORD_BYTES, writing(ticket));
  }
}
