package io.tare.probe;

import io.tare.probe.metric.Metric;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.StringJoiner;

/** What changed between two readings of the same process. */
public record MemoryChange(MemoryStats before, MemoryStats after) {

  /** By how much a metric moved; absent when one of the readings does not have it. */
  public OptionalLong get(Metric metric) {
    OptionalLong from = before.get(metric);
    OptionalLong to = after.get(metric);
    return from.isPresent() && to.isPresent()
        ? OptionalLong.of(to.getAsLong() - from.getAsLong())
        : OptionalLong.empty();
  }

  public Duration elapsed() {
    return Duration.between(before.takenAt(), after.takenAt());
  }

  /** Bytes allocated per second, by all threads; absent when the JVM does not count them or when no time went by. */
  public OptionalDouble allocatedBytesPerSecond() {
    OptionalLong allocated = get(Metric.TOTAL_ALLOCATED);
    long millis = elapsed().toMillis();
    return allocated.isEmpty() || millis <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(allocated.getAsLong() * 1000.0 / millis);
  }

  /** Time stopped for GC as a share of the time between the readings, 0 to 1. */
  public OptionalDouble gcPauseShare() {
    OptionalLong pauseMillis = get(Metric.GC_PAUSE);
    long millis = elapsed().toMillis();
    return pauseMillis.isEmpty() || millis <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) pauseMillis.getAsLong() / millis);
  }

  /** The metrics that moved, signed: {@code Alloc=+1048576B NumGC=+1}. */
  @Override
  public String toString() {
    StringJoiner moved = new StringJoiner(" ");
    for (Metric metric : MemoryReader.METRICS) {
      get(metric).ifPresent(delta -> {
        if (delta != 0) {
          moved.add(metric.key() + "=" + (delta > 0 ? "+" : "") + MemstatsLine.exactValue(metric.unit(), delta));
        }
      });
    }
    return moved.toString();
  }
}
