package io.tare.probe.marks;

import io.tare.probe.metric.Metric;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** One mark: its number (0 is the first of the process), when, its label, the items done if given, and the stats kept. */
public record Mark(long number, Instant at, String label, OptionalLong items, long threadId, Map<Metric, Long> stats) {
  public Mark {
    stats = Map.copyOf(stats);
  }

  /** A metric at the moment of the mark; empty when the mark has no stats or the JVM did not know it. */
  public OptionalLong stat(Metric metric) {
    Long value = stats.get(metric);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
