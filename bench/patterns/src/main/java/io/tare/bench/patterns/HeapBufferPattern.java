package io.tare.bench.patterns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tare.kit.BufferPool;
import io.tare.kit.Lease;
import io.tare.kit.PoolOptions;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** A heap buffer for one use, too visible for escape analysis: new each time, one field used again, or pooled. */
public class HeapBufferPattern extends PatternBenchmark {
  @Param({"1024", "65536"})
  int bytes;
  private BufferPool kit;
  private PooledByteBufAllocator netty;
  private byte[] reused;
  public byte[] escaped;

  @Setup
  public void prepare() {
    kit = BufferPool.heap(PoolOptions.upTo(64 << 20));
    netty = new PooledByteBufAllocator(false, 1, 1, 8192, 9, 256, 64, true);
    reused = new byte[bytes];
  }

  @Benchmark
  public long naive() {
    byte[] fresh = new byte[bytes];
    escaped = fresh;
    return use(fresh);
  }

  @Benchmark
  public long reusedField() {
    escaped = reused;
    return use(reused);
  }

  @Benchmark
  public long kit() {
    try (Lease<ByteBuffer> lease = kit.take(bytes)) {
      escaped = lease.value().array();
      return use(escaped);
    }
  }

  @Benchmark
  public long nettyPooled() {
    ByteBuf buffer = netty.heapBuffer(bytes);
    escaped = buffer.array();
    long sum = use(escaped, buffer.arrayOffset());
    buffer.release();
    return sum;
  }

  private static long use(byte[] buffer) {
    return use(buffer, 0);
  }

  private static long use(byte[] buffer, int from) {
    buffer[from] = 1;
    CRC32 sum = new CRC32();
    sum.update(buffer, from, 64);
    return sum.getValue();
  }
}
