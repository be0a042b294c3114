package io.tare.model.heap;

import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A place where much of the heap hangs, in one of two dumps or in both.
 *
 * @param before empty where it was no suspect: something may hang there all the same
 */
public record SuspectGrowth(String holder, String piledUpClass, Optional<Pile> before, Optional<Pile> after) {
  public record Pile(long objects, long retainedBytes) {}

  /** Where it is a suspect in both. */
  public Optional<Growth> objects() {
    return growth(Pile::objects);
  }

  /** Where it is a suspect in both. */
  public Optional<Growth> retainedBytes() {
    return growth(Pile::retainedBytes);
  }

  private Optional<Growth> growth(ToLongFunction<Pile> number) {
    return before.flatMap(old -> after.map(now -> new Growth(number.applyAsLong(old), number.applyAsLong(now))));
  }
}
