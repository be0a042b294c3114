package io.tare.junit;

import io.tare.probe.MemoryStats;
import io.tare.probe.metric.Metric;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** Resident memory does not grow by more than a limit. */
final class RssGuard implements Guard {
  private final double limitBytes;
  private final MemoryStats before = MemoryStats.withRss();
  private final long rssBytesBefore;
  private final Sampler sampler;
  private volatile @Nullable MemoryStats peak;

  private RssGuard(double limitBytes) {
    this.limitBytes = limitBytes;
    this.rssBytesBefore = before.get(Metric.RSS)
        .orElseThrow(
            () -> new TestAbortedException("resident memory cannot be read on this system: @MaxRss cannot tell"));
    this.sampler = new Sampler(this::look);
  }

  static RssGuard start(double limitBytes) {
    return new RssGuard(limitBytes);
  }

  private void look() {
    MemoryStats now = MemoryStats.withRss();
    MemoryStats highest = peak;
    if (highest == null || rssBytes(now) > rssBytes(highest)) {
      peak = now;
    }
  }

  private long rssBytes(MemoryStats stats) {
    return stats.get(Metric.RSS).orElse(rssBytesBefore);
  }

  @Override
  public void stop() {
    sampler.stop();
    look();
  }

  @Override
  public void check() {
    MemoryStats highest = peak;
    long grownBytes = highest == null ? 0 : rssBytes(highest) - rssBytesBefore;
    if (highest != null && grownBytes > limitBytes) {
      throw new AssertionError(
          "resident memory grew by " + Size.text(grownBytes) + ", limit " + Size.text(limitBytes) + "\n  "
              + highest.minus(before));
    }
  }
}
