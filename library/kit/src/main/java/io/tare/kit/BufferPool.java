package io.tare.kit;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * A bounded pool of byte buffers that allocates nothing once it is warm.
 *
 * <pre>{@code
 * BufferPool pool = BufferPool.direct(PoolOptions.upTo(64 << 20));
 * try (Lease<ByteBuffer> lease = pool.take(8_192)) {
 *   ByteBuffer buffer = lease.value();
 *   channel.read(buffer);
 * }
 * }</pre>
 *
 * <p>Buffers come in size classes, four to each doubling. A thread keeps a few idle ones for itself and shares the rest;
 * virtual threads share all. What the pool holds, idle and leased, never exceeds {@link PoolOptions#maxWeight()} bytes: a
 * take beyond it, or of more than {@value #LARGEST_BYTES} bytes, gets a buffer that is garbage after its lease. A leaked
 * buffer is noticed by the garbage collector and its bytes return to the budget.
 *
 * <p>A buffer comes back with position 0, its limit at the wanted size and big-endian; its <em>content is what the last
 * user left</em>. Pool buffers that are large, direct or both; for small heap buffers a plain {@code new byte[n]} is often
 * as fast (see the pattern laboratory).
 */
public final class BufferPool {
  /** The largest buffer that is kept for use again. */
  public static final int LARGEST_BYTES = 4 << 20;

  private static final int CLASSES = SizeClasses.indexOf(LARGEST_BYTES) + 1;
  private final Depots<ByteBuffer> depots;
  private final BufferKind kind;

  private BufferPool(BufferKind kind, PoolOptions options) {
    this.kind = kind;
    this.depots = new Depots<>(
        IntStream.range(0, CLASSES).mapToObj(i -> new BufferCare(kind, SizeClasses.bytesOf(i))).toList(), options);
  }

  /** A pool of buffers in the Java heap. */
  public static BufferPool heap(PoolOptions options) {
    return new BufferPool(BufferKind.HEAP, options);
  }

  /** A pool of direct buffers. */
  public static BufferPool direct(PoolOptions options) {
    return new BufferPool(BufferKind.DIRECT, options);
  }

  /** A buffer for so many bytes. Close the lease once, on any thread. */
  public Lease<ByteBuffer> take(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a buffer of " + bytes + " bytes");
    }
    if (bytes > LARGEST_BYTES) {
      return depots.takeUnpooled(new BufferCare(kind, bytes));
    }
    Lease<ByteBuffer> lease = depots.take(SizeClasses.indexOf(bytes));
    lease.value().limit(bytes);
    return lease;
  }

  /** What the pool has done. */
  public PoolStatistics statistics() {
    return depots.statistics();
  }

  /** Lets go of the idle buffers that threads share; those that threads keep for themselves stay. */
  public void trim() {
    depots.trim();
  }
}
