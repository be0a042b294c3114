package io.tare.model.heap;

import java.util.Optional;

/**
 * The objects of one class in two dumps.
 *
 * @param retainedBytes empty if one of the dumps does not tell
 */
public record ClassGrowth(String name, Growth objects, Growth shallowBytes, Optional<Growth> retainedBytes) {
  /** What counts for the order: retained bytes where both are known. */
  public long delta() {
    return retainedBytes.orElse(shallowBytes).delta();
  }
}
