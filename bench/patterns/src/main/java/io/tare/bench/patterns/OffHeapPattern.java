package io.tare.bench.patterns;

import io.tare.kit.BumpArena;
import io.tare.kit.Slab;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand short-lived records of 24 bytes: as objects, as slices of an arena, in a bump arena, in a slab. */
public class OffHeapPattern extends PatternBenchmark {
  private static final int RECORDS = 1_000;

  private static final class Order {
    long price;
    long amount;
    long time;
  }

  private final Order[] orders = new Order[RECORDS];
  private final long[] handles = new long[RECORDS];
  private final byte[][] pieces = new byte[RECORDS][];
  private final ByteBuffer[] slices = new ByteBuffer[RECORDS];
  private final ByteBuffer block = ByteBuffer.allocateDirect(RECORDS * 24);
  private final BumpArena arena = BumpArena.upTo(4 << 20);
  private final Slab slab = Slab.of(24, 10_000);

  @TearDown
  public void close() {
    arena.close();
    slab.close();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long objects() {
    for (int i = 0; i < RECORDS; i++) {
      Order order = new Order();
      order.price = i;
      orders[i] = order;
    }
    long sum = 0;
    for (Order order : orders) {
      sum += order.price;
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long byteArrays() {
    for (int i = 0; i < RECORDS; i++) {
      pieces[i] = new byte[24];
      pieces[i][0] = (byte) i;
    }
    long sum = 0;
    for (byte[] piece : pieces) {
      sum += piece[0];
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long arenaOfSlices() {
    for (int i = 0; i < RECORDS; i++) {
      slices[i] = block.slice(i * 24, 24);
      slices[i].putLong(0, i);
    }
    long sum = 0;
    for (ByteBuffer slice : slices) {
      sum += slice.getLong(0);
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long kitArena() {
    for (int i = 0; i < RECORDS; i++) {
      long order = arena.allocate(24);
      arena.putLong(order, i);
      handles[i] = order;
    }
    long sum = 0;
    for (long handle : handles) {
      sum += arena.getLong(handle);
    }
    arena.reset();
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long kitSlab() {
    for (int i = 0; i < RECORDS; i++) {
      long order = slab.allocate();
      slab.putLong(order, 0, i);
      handles[i] = order;
    }
    long sum = 0;
    for (long handle : handles) {
      sum += slab.getLong(handle, 0);
      slab.free(handle);
    }
    return sum;
  }
}
