package io.tare.example;

import io.tare.junit.MaxAllocation;
import io.tare.junit.MaxHeap;
import io.tare.junit.MemoryGuards;
import io.tare.junit.NoDirectBuffersLeft;
import io.tare.junit.NoLeak;
import io.tare.junit.NoThreadsLeft;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardsExampleTest {
  // [guards]
  private final ArrayDeque<byte[]> pool = new ArrayDeque<>();

  @Test
  @MaxAllocation("0 B")
  void aPooledBufferIsFree() {
    byte[] buffer = pool.isEmpty() ? new byte[8192] : pool.pop();
    buffer[0]++;
    pool.push(buffer);
  }

  @Test
  @NoLeak(rounds = 12)
  void handlingARequestLeavesNothing() {
    new StringBuilder("request").append(pool.size()).reverse();
  }

  @Test
  @NoThreadsLeft
  @NoDirectBuffersLeft
  @MaxHeap("20 MB")
  void theServerStopsCleanly() throws InterruptedException {
    ExecutorService server = Executors.newFixedThreadPool(2);
    server.execute(() -> pool.push(new byte[100]));
    server.shutdown();
    server.awaitTermination(10, TimeUnit.SECONDS);
  }

  @Test
  void oneLineOfATestCanBeGuardedToo() {
    int[] numbers = {3, 1, 2};
    MemoryGuards.maxAllocation("0 B", () -> numbers[0] = numbers[1] + numbers[2]);
  }
  // [end]
}
