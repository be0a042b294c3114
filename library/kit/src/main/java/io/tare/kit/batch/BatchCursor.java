package io.tare.kit.batch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Walks a source batch by batch and holds it to its promises. For one thread; the counts may be read by any. */
final class BatchCursor<T, K> {
  final AtomicLong batches = new AtomicLong();
  final AtomicLong items = new AtomicLong();
  final AtomicLong readNanos = new AtomicLong();
  final AtomicLong longestReadNanos = new AtomicLong();
  private final BatchSource<T, K> source;
  private final int maxItems;
  private Optional<K> from = Optional.empty();
  private boolean ended;

  BatchCursor(BatchSource<T, K> source, int maxItems) {
    this.source = source;
    this.maxItems = maxItems;
  }

  /** The next items, never none; absent at the end. */
  Optional<List<T>> next() {
    while (!ended) {
      Batch<T, K> batch = read();
      check(batch);
      from = batch.next();
      ended = from.isEmpty();
      if (!batch.items().isEmpty()) {
        return Optional.of(batch.items());
      }
    }
    return Optional.empty();
  }

  private Batch<T, K> read() {
    long start = System.nanoTime();
    try {
      return source.read(from, maxItems);
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new BatchReadException("the source failed after " + items + " items", e);
    } finally {
      long nanos = System.nanoTime() - start;
      readNanos.addAndGet(nanos);
      longestReadNanos.accumulateAndGet(nanos, Math::max);
    }
  }

  private void check(Batch<T, K> batch) {
    int count = batch.items().size();
    if (count > maxItems) {
      throw new BatchReadException("the source gave " + count + " items where " + maxItems + " were asked for");
    }
    if (batch.next().isPresent() && batch.next().equals(from)) {
      throw new BatchReadException("the source does not get on: " + from);
    }
    batches.incrementAndGet();
    items.addAndGet(count);
  }
}
