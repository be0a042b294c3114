package io.tare.kit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A bounded pool of objects that are dear to make, reset when they come back.
 *
 * <pre>{@code
 * ObjectPool<Deflater> deflaters = ObjectPool.of(Deflater::new, Deflater::reset, PoolOptions.upTo(8));
 * try (Lease<Deflater> lease = deflaters.take()) {
 *   lease.value().setInput(bytes);
 * }
 * }</pre>
 *
 * <p>The reset runs on release, so that idle objects hold on to nothing of their last user; an object whose reset throws is
 * dropped and the exception goes to whoever released it. A take never waits: beyond {@link PoolOptions#maxWeight()} objects
 * it makes one that is garbage after its lease. For plain small objects allocation is cheaper than any pool.
 */
public final class ObjectPool<T> {
  private final Depots<T> depots;

  private ObjectPool(Care<T> care, PoolOptions options) {
    depots = new Depots<>(List.of(care), options);
  }

  /** A pool of what the supplier makes; neither function may refer to the pool. */
  public static <T> ObjectPool<T> of(Supplier<? extends T> make, Consumer<? super T> reset, PoolOptions options) {
    return new ObjectPool<>(new ObjectCare<>(make, reset), options);
  }

  /** An object in the state of a new one. Close the lease once, on any thread. */
  public Lease<T> take() {
    return depots.take(0);
  }

  /** What the pool has done. */
  public PoolStatistics statistics() {
    return depots.statistics();
  }

  /** Lets go of the idle objects that threads share. */
  public void trim() {
    depots.trim();
  }
}
