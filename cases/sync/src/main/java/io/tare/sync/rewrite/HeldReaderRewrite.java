package io.tare.sync.rewrite;

import io.tare.sync.state.HeldReading;
import io.tare.sync.state.StateCache;

/**
 * The other trap: bounded batches, but a reading transaction that someone opened before stays open all the while. This store does
 * not make writers wait for it; it keeps every page that the reader may still look at, and the file grows by what was rewritten.
 */
public record HeldReaderRewrite(BatchedRewrite batches) implements Rewrite {
  @Override
  public RewriteResult apply(Change change, StateCache cache, RewriteListener listener) {
    try (HeldReading held = cache.hold()) {
      held.transaction().files().first();
      return batches.apply(change, cache, listener);
    }
  }
}
