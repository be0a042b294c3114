package io.tare.model.history;

import io.tare.model.history.Series.SeriesUnit;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One side of a comparison: what a process weighed, at a moment or over a time.
 *
 * @param label in words: a file's name, a pid
 * @param amounts by account or scale
 * @param itemsPerSecond throughput, where marks count items
 * @param gcShare part of the time that passed in which collections stood in the way
 */
public record Snapshot(String label, String target, Instant at, Map<String, Amount> amounts,
    OptionalDouble itemsPerSecond, OptionalDouble gcShare) {
  public Snapshot {
    amounts = java.util.Collections.unmodifiableMap(new TreeMap<>(amounts));
  }

  /**
   * A level and how much of it moves without anything having changed.
   *
   * @param noise half the width of what it usually varies within
   */
  public record Amount(SeriesUnit unit, double level, double noise) {}
}
