package io.tare.bench.patterns;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tare.kit.BufferPool;
import io.tare.kit.Lease;
import io.tare.kit.PoolOptions;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A direct buffer for one use: allocated each time, or pooled. Every form writes the first and the last byte. */
public class BufferPoolPattern extends PatternBenchmark {
  @Param({"1024", "16384", "262144"})
  int bytes;
  private BufferPool kit;
  private PooledByteBufAllocator nettyPooled;
  private AdaptiveByteBufAllocator nettyAdaptive;

  @Setup
  public void prepare() {
    kit = BufferPool.direct(PoolOptions.upTo(64 << 20));
    nettyPooled = new PooledByteBufAllocator(true, 1, 1, 8192, 9, 256, 64, true);
    nettyAdaptive = new AdaptiveByteBufAllocator(true, true);
  }

  @Benchmark
  public int naive() {
    return touch(ByteBuffer.allocateDirect(bytes));
  }

  @Benchmark
  public int kit() {
    try (Lease<ByteBuffer> lease = kit.take(bytes)) {
      return touch(lease.value());
    }
  }

  @Benchmark
  public int nettyPooled() {
    return touch(nettyPooled.directBuffer(bytes));
  }

  @Benchmark
  public int nettyAdaptive() {
    return touch(nettyAdaptive.directBuffer(bytes));
  }

  private int touch(ByteBuffer buffer) {
    buffer.put(0, (byte) 1).put(bytes - 1, (byte) 2);
    return buffer.get(0) + buffer.get(bytes - 1);
  }

  private int touch(ByteBuf buffer) {
    buffer.setByte(0, 1).setByte(bytes - 1, 2);
    int sum = buffer.getByte(0) + buffer.getByte(bytes - 1);
    buffer.release();
    return sum;
  }
}
