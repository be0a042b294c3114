package io.tare.kit.batch;

import java.util.List;
import java.util.Optional;

/**
 * Some items and the place where the next ones start.
 *
 * @param items what was read; detached from the transaction that it was read in
 * @param next where to go on; absent at the end
 */
public record Batch<T, K>(List<T> items, Optional<K> next) {
  /** A batch that others follow. */
  public static <T, K> Batch<T, K> of(List<T> items, K next) {
    return new Batch<>(items, Optional.of(next));
  }

  /** The last batch. */
  public static <T, K> Batch<T, K> last(List<T> items) {
    return new Batch<>(items, Optional.empty());
  }
}
