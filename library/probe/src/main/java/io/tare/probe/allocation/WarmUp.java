package io.tare.probe.allocation;

import java.time.Duration;

/** How long calls are repeated before they are measured: until both are reached, but never longer than the limit. */
public record WarmUp(int calls, Duration atLeast, Duration limit) {
  /** Enough for the optimising compiler: it takes code after some ten thousand calls, and needs a moment for it. */
  public static final WarmUp DEFAULT = new WarmUp(20_000, Duration.ofMillis(200), Duration.ofSeconds(10));

  /** A warm-up twice as long, under the same limit. */
  public WarmUp doubled() {
    Duration twice = atLeast.multipliedBy(2);
    return new WarmUp(calls * 2, twice.compareTo(limit) < 0 ? twice : limit, limit);
  }

  public WarmUp {
    if (calls < 1 || limit.compareTo(atLeast) < 0) {
      throw new IllegalArgumentException("at least one call, and a limit not below the least time");
    }
  }
}
