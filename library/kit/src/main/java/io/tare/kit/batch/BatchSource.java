package io.tare.kit.batch;

import java.util.Optional;

/** Reads one batch in one short transaction, which it opens and closes itself: nothing is held between two calls. */
@FunctionalInterface
public interface BatchSource<T, K> {
  /**
   * Reads on.
   *
   * @param from where to start, as {@link Batch#next()} of the batch before said; absent at the beginning
   * @param maxItems read no more than these
   */
  Batch<T, K> read(Optional<K> from, int maxItems) throws Exception;
}
