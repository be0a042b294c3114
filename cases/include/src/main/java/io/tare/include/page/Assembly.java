package io.tare.include.page;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Puts the parts of a page into their order. Text goes straight through while no fragment is awaited; behind one that is
 * awaited, it is kept, up to a bound, so that the fragments further on are under way meanwhile. When the reader is slow, writing
 * waits, and with it the scanning and the reading from the origin.
 */
final class Assembly implements Sink {
  private final OutputStream out;
  private final PageLimits limits;
  private final Deque<Future<Included>> waiting = new ArrayDeque<>();
  private final KeptText kept = new KeptText();
  private int promises;
  private int keptBytes;
  private boolean anyFailed;

  Assembly(OutputStream out, PageLimits limits) {
    this.out = out;
    this.limits = limits;
  }

  @Override
  public void text(byte[] bytes, int from, int to) throws IOException {
    writeWhatIsReady();
    if (waiting.isEmpty()) {
      out.write(bytes, from, to - from);
      return;
    }
    kept.add(bytes, from, to);
    keptBytes += to - from;
    while (keptBytes > limits.aheadBytes()) {
      writeFirst();
    }
  }

  @Override
  public void whole(byte[] bytes) throws IOException {
    text(bytes, 0, bytes.length);
  }

  @Override
  public void promise(Future<Included> fragment) throws IOException {
    flushKept();
    waiting.addLast(fragment);
    promises++;
    while (promises > limits.atOnce()) {
      writeFirst();
    }
  }

  /** Writes all that is left. */
  void finish() throws IOException {
    flushKept();
    while (!waiting.isEmpty()) {
      writeFirst();
    }
  }

  /** Nobody will read the rest. */
  void abandon() {
    waiting.forEach(future -> future.cancel(false));
    waiting.clear();
  }

  boolean anyFailed() {
    return anyFailed;
  }

  private void writeWhatIsReady() throws IOException {
    while (!waiting.isEmpty() && waiting.getFirst().isDone()) {
      writeFirst();
    }
    if (waiting.isEmpty() && kept.length() > 0) {
      kept.writeTo(out);
      keptBytes = 0;
    }
  }

  /** Text between two promises waits as one that is kept already. */
  private void flushKept() throws IOException {
    if (waiting.isEmpty()) {
      kept.writeTo(out);
      keptBytes = 0;
    } else if (kept.length() > 0) {
      waiting.addLast(CompletableFuture.completedFuture(Included.of(kept.take())));
    }
  }

  private void writeFirst() throws IOException {
    if (waiting.isEmpty()) {
      kept.writeTo(out);
      keptBytes = 0;
      return;
    }
    Future<Included> first = waiting.removeFirst();
    boolean wasText = first instanceof CompletableFuture;
    Included included = await(first);
    anyFailed |= included.isFailed();
    out.write(included.bytes());
    if (wasText) {
      keptBytes -= included.bytes().length;
    } else {
      promises--;
    }
  }

  private static Included await(Future<Included> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException | CancellationException e) {
      throw new IOException("an include ended without a result", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for an include", e);
    }
  }
}
