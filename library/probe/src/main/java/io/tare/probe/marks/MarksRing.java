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
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a marks file: a ring of records in a mapped file, safe from any thread, without locks.
 *
 * <p>A record belongs to one writer while its sequence is odd: the writer takes a ticket, turns the record's sequence odd by
 * compare-and-set, fills the record and turns the sequence even. A record that another thread holds is stepped over.
 */
public final class MarksRing implements Closeable {
  private static final int MAX_ATTEMPTS = 4;

  private final Path path;
  private final MappedByteBuffer file;
  private final FileChannel channel;
  private final int records;
  private volatile boolean broken;

  private MarksRing(Path path, MarksFileCreation.Created created, int records) {
    this.path = path;
    this.file = created.file();
    this.channel = created.channel();
    this.records = records;
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
        long ticket = (long) LONGS.getAndAdd(file, AT_NEXT_TICKET, 1L);
        int record = HEADER_BYTES + (int) (ticket & (records - 1)) * RECORD_BYTES;
        if (take(record, ticket)) {
          fill(record, ticket, label, items, stats);
          LONGS.setRelease(file, record + IN_SEQUENCE, complete(ticket));
          return true;
        }
      }
      LONGS.getAndAdd(file, AT_SKIPPED, 1L);
      return false;
    } catch (InternalError pageNotThere) {
      // Someone cut the file short: the kernel answers an access behind its end with SIGBUS, which the JVM turns into this.
      broken = true;
      return false;
    }
  }

  private boolean take(int record, long ticket) {
    long found = (long) LONGS.getVolatile(file, record + IN_SEQUENCE);
    boolean free = (found & 1) == 0 && found < writing(ticket);
    boolean taken = free && LONGS.compareAndSet(file, record + IN_SEQUENCE, found, writing(ticket));
    VarHandle.releaseFence();
    return taken;
  }

  private void fill(int record, long ticket, String label, long items, @Nullable MemoryStats stats) {
    file.putLong(record + IN_MONOTONIC_NANOS, System.nanoTime());
    file.putLong(record + IN_ITEMS, items);
    file.putLong(record + IN_THREAD_ID, Thread.currentThread().getId());
    int labelBytes = Utf8.put(label, file, record + IN_LABEL);
    file.putShort(record + IN_LABEL_LENGTH, (short) labelBytes);
    file.putShort(record + IN_FLAGS, (short) (stats == null ? 0 : FLAG_STATS));
    if (stats != null) {
      stats.copyTo(file, record + IN_STATS, STATS);
    }
    file.putInt(record + IN_CHECKSUM, checksum(file, record, ticket));
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
}
