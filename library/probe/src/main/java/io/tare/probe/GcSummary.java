package io.tare.probe;

import io.tare.probe.trend.Trend;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the GC did while it was watched. The shares go from 0 to 1; {@code cpuShare} is that of the GC's threads in the
 * process's processor time, known on Linux only. {@code heapAfterGc} is the trend, per collection, of the heap left in use by
 * each. {@code failure} is what a listener threw last.
 */
public record GcSummary(Duration watched, Pauses pauses, OptionalDouble cpuShare,
    OptionalDouble allocatedBytesPerSecond, Trend heapAfterGc,
    Optional<String> failure) {

  /** The pauses: how many, how long in all, and the longest. */
  public record Pauses(long count, Duration total, Duration longest) {}

  /** Time stopped for GC as a share of the time watched. */
  public double pauseShare() {
    return watched.isZero() ? 0 : (double) pauses.total().toNanos() / watched.toNanos();
  }

  /** By the share of processor time where it is known, else by the share of time stopped. */
  public GcGrade grade() {
    return GcGrade.of(cpuShare.orElse(pauseShare()));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "GC %s: %d pauses, %d ms in all, longest %d ms, %.2f %% of the time%s%s%s",
        grade().name().toLowerCase(Locale.ROOT),
        pauses.count(), pauses.total().toMillis(), pauses.longest().toMillis(), pauseShare() * 100,
        cpuShare.isPresent()
            ? String.format(Locale.ROOT, ", %.2f %% of the processor time", cpuShare.getAsDouble() * 100)
            : "",
        allocatedBytesPerSecond.isPresent()
            ? String.format(Locale.ROOT, ", %.1f MB/s allocated", allocatedBytesPerSecond.getAsDouble() / (1 << 20))
            : "",
        heapAfterGc.isGrowing() ? ", what is left after a GC grows" : "");
  }
}
