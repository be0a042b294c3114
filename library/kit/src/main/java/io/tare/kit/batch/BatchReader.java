package io.tare.kit.batch;

import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a large store in small batches, each read in a short transaction of its own, never more than a few batches ahead.
 *
 * <pre>{@code
 * try (BatchReader<Entry> reader = BatchReader.open(store::readFrom, new BatchLimits(1_000, 2))) {
 *   while (reader.hasNext()) {
 *     store.write(changed(reader.next()));   // no read transaction is open here
 *   }
 * }
 * }</pre>
 *
 * <p>One long read transaction blocks the writer or keeps old pages alive, and whoever then collects all changes for one
 * large write holds the whole store in memory. Here a slow consumer holds the reading back instead: at most
 * {@code maxItems * (maxAhead + 1)} items are in memory, beside those that the consumer keeps. Items come in the order of
 * the source. A failure of the source comes out of {@link #next()} after the batches before it. For one consuming thread.
 * {@link #close()} waits for the read that is going on, so the store may be closed right after. A reader that is forgotten
 * stops reading once the garbage collector has found it.
 */
public final class BatchReader<T> implements Iterator<List<T>>, AutoCloseable {
  private static final class Forgotten {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private final BatchCursor<T, ?> cursor;
  private final @Nullable ReadAhead<T> ahead;
  private final @Nullable Thread thread;
  private Optional<List<T>> upcoming = Optional.empty();
  private boolean ended;
  private long starvedNanos;

  private BatchReader(BatchCursor<T, ?> cursor, int maxAhead) {
    this.cursor = cursor;
    if (maxAhead == 0) {
      ahead = null;
      thread = null;
      return;
    }
    ReadAhead<T> reading = new ReadAhead<>(cursor, maxAhead);
    ahead = reading;
    thread = new Thread(reading, "tare-batch-reader");
    thread.setDaemon(true);
    thread.start();
    Forgotten.CLEANER.register(this, reading::stop);
  }

  /** Begins to read. */
  public static <T, K> BatchReader<T> open(BatchSource<T, K> source, BatchLimits limits) {
    return new BatchReader<>(new BatchCursor<>(source, limits.maxItems()), limits.maxAhead());
  }

  @Override
  public boolean hasNext() {
    if (upcoming.isEmpty() && !ended) {
      long start = System.nanoTime();
      try {
        upcoming = fetch();
        ended = upcoming.isEmpty();
      } catch (RuntimeException | Error e) {
        ended = true;
        throw e;
      } finally {
        starvedNanos += System.nanoTime() - start;
      }
    }
    return upcoming.isPresent();
  }

  /** The next items, at least one. */
  @Override
  public List<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the end was reached");
    }
    List<T> items = upcoming.orElseThrow();
    upcoming = Optional.empty();
    return items;
  }

  /** How it ran so far. */
  public BatchStatistics statistics() {
    return new BatchStatistics(cursor.batches.get(), cursor.items.get(), cursor.readNanos.get(),
        cursor.longestReadNanos.get(), ahead == null ? 0 : ahead.heldBackNanos.get(), starvedNanos);
  }

  /** Stops reading and waits for the read that is going on. */
  @Override
  public void close() {
    ended = true;
    upcoming = Optional.empty();
    if (ahead == null || thread == null) {
      return;
    }
    ahead.stop();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<List<T>> fetch() {
    if (ahead == null) {
      return cursor.next();
    }
    try {
      return ahead.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatchReadException("interrupted while waiting for the source", e);
    }
  }
}
