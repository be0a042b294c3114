package io.tare.kit;

import java.util.function.Consumer;

/**
 * The limits of a pool.
 *
 * @param maxWeight what the pool may hold in all, idle and leased: bytes in a buffer pool, values in an object pool. Takes
 *     beyond it still succeed, but what they make is not kept
 * @param perThread how many idle values of each size a thread may keep for itself
 * @param debug a lease of its own and a stack trace for every take, and a check for late writes: slow, for tests
 * @param onMisuse told about leaks and late writes, on the thread that found them; must not throw
 */
public record PoolOptions(long maxWeight, int perThread, boolean debug, Consumer<Misuse> onMisuse) {
  /** Checks the limits. */
  public PoolOptions {
    if (maxWeight < 0 || perThread < 0) {
      throw new IllegalArgumentException("limits must not be negative: " + maxWeight + ", " + perThread);
    }
  }

  /** 16 values a thread and the given limit; debug mode as the system property {@code tare.kit.debug} says. */
  public static PoolOptions upTo(long maxWeight) {
    return new PoolOptions(maxWeight, 16, Boolean.getBoolean("tare.kit.debug"), misuse -> {});
  }

  /** The same with another limit per thread. */
  public PoolOptions withPerThread(int values) {
    return new PoolOptions(maxWeight, values, debug, onMisuse);
  }

  /** The same in debug mode. */
  public PoolOptions withDebug() {
    return new PoolOptions(maxWeight, perThread, true, onMisuse);
  }

  /** The same with a listener. */
  public PoolOptions withListener(Consumer<Misuse> listener) {
    return new PoolOptions(maxWeight, perThread, debug, listener);
  }
}
