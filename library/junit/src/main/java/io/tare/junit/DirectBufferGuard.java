package io.tare.junit;

import io.tare.probe.MemoryStats;
import io.tare.probe.leftovers.ClassHistogram;
import io.tare.probe.metric.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** No direct buffer is left that was not there before and that a GC does not free. */
final class DirectBufferGuard implements Guard {
  /** The JDK keeps direct buffers per thread for input and output from heap buffers, about as many as were needed at once. */
  private static final int KEPT_BY_THE_JDK = 16;
  private static final long POLL_NANOS = 5_000_000L;

  private record Buffers(long count, long bytes) {}

  private final Duration settle;
  private final Buffers before;

  private DirectBufferGuard(Duration settle, Buffers before) {
    this.settle = settle;
    this.before = before;
  }

  static DirectBufferGuard start(Duration settle) {
    fillTheCacheOfThisThread();
    return new DirectBufferGuard(settle, now());
  }

  @Override
  public void stop() {}

  @Override
  public void check() {
    long deadline = System.nanoTime() + settle.toNanos();
    Buffers left = now();
    while (left.count > before.count && System.nanoTime() < deadline) {
      ClassHistogram.afterGc();
      LockSupport.parkNanos(POLL_NANOS);
      left = now();
    }
    if (left.count > before.count) {
      throw new AssertionError(
          (left.count - before.count) + " direct buffers left behind, " + Size.text(left.bytes - before.bytes)
              + ": something still refers to them, or they are reserved for a thread that goes on");
    }
  }

  private static Buffers now() {
    MemoryStats stats = MemoryStats.now();
    return new Buffers(stats.get(Metric.DIRECT_BUFFERS).orElseThrow(), stats.get(Metric.DIRECT_BYTES).orElseThrow());
  }

  /** A full cache stays as full when the test does input or output: a buffer too small is exchanged for a larger one. */
  private static void fillTheCacheOfThisThread() {
    try {
      Path file = Files.createTempFile("tare-junit", ".tmp");
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
        ByteBuffer[] heapBuffers = new ByteBuffer[KEPT_BY_THE_JDK];
        for (int i = 0; i < heapBuffers.length; i++) {
          heapBuffers[i] = ByteBuffer.allocate(1);
        }
        if (channel.write(heapBuffers) < 0) {
          throw new IOException("nothing written");
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("direct buffers cannot be guarded without a directory for temporary files", e);
    }
  }
}
