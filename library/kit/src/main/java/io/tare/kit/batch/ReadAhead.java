package io.tare.kit.batch;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads batches on a thread of its own, as far ahead as there is room. It never refers to its reader, so a forgotten reader can be noticed. */
final class ReadAhead<T> implements Runnable {
  /** What one read came to: items, the end, or a failure. */
  private record Outcome<T>(Optional<List<T>> items, @Nullable Throwable failure) {}

  final AtomicLong heldBackNanos = new AtomicLong();
  private final BatchCursor<T, ?> cursor;
  private final Semaphore room;
  private final LinkedBlockingQueue<Outcome<T>> ready = new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  ReadAhead(BatchCursor<T, ?> cursor, int maxAhead) {
    this.cursor = cursor;
    this.room = new Semaphore(maxAhead);
  }

  @Override
  public void run() {
    boolean more = true;
    while (more && waitForRoom()) {
      Outcome<T> outcome = read();
      more = outcome.failure() == null && outcome.items().isPresent();
      ready.add(outcome);
    }
  }

  /** The next items as soon as they are there; absent at the end. */
  Optional<List<T>> take() throws InterruptedException {
    Outcome<T> outcome = ready.take();
    room.release();
    Throwable failure = outcome.failure();
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw failure instanceof BatchReadException known ? known : new BatchReadException("the source failed", failure);
    }
    return outcome.items();
  }

  /** Lets the thread end after the read that it is in. It is not interrupted: that would close the channels of a source that reads files. */
  void stop() {
    stopped = true;
    room.release();
  }

  private boolean waitForRoom() {
    long start = System.nanoTime();
    room.acquireUninterruptibly();
    heldBackNanos.addAndGet(System.nanoTime() - start);
    return !stopped;
  }

  private Outcome<T> read() {
    try {
      return new Outcome<>(cursor.next(), null);
    } catch (RuntimeException | Error e) {
      return new Outcome<>(Optional.empty(), e);
    }
  }
}
