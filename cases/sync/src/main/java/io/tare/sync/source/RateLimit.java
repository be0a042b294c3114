package io.tare.sync.source;

import java.util.concurrent.TimeUnit;

/** At most so many requests per second, evenly spread over all threads that ask. */
public final class RateLimit {
  private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long nanosBetween;
  private long nextNanos;

  /** Zero is no limit. */
  public RateLimit(int requestsPerSecond) {
    this.nanosBetween = requestsPerSecond <= 0 ? 0 : NANOS_PER_SECOND / requestsPerSecond;
    this.nextNanos = System.nanoTime();
  }

  /** Waits for this request's turn. */
  public void await() throws InterruptedException {
    long waitNanos = reserve(System.nanoTime());
    if (waitNanos > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNanos);
    }
  }

  /** Takes the next turn; returns how long it is until then. Turns that nobody took are lost. */
  long reserve(long nowNanos) {
    return reserve(nowNanos, nanosBetween);
  }

  /** The same for a turn that takes so long. */
  public synchronized long reserve(long nowNanos, long takesNanos) {
    long turn = Math.max(nextNanos, nowNanos);
    nextNanos = turn + takesNanos;
    return turn - nowNanos;
  }
}
