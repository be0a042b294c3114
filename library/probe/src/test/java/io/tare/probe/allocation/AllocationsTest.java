package io.tare.probe.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.probe.AllocationSite;
import io.tare.probe.MemoryStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

class AllocationsTest {
  private static volatile Object sink;
  private static int counter;

  private record Point(int x, int y) {}

  @Test
  void codeThatAllocatesNothingIsZero() {
    assertThat(Allocations.of(() -> counter++).bytes()).isZero();
    assertThat(Allocations.perCall(() -> counter++).bytesPerCall()).isZero();
  }

  @Test
  void everyObjectIsCountedToTheByte() {
    exactly(Object::new);
    exactly(() -> new byte[0]);
    exactly(() -> new byte[1]);
    exactly(() -> new byte[1000]);
    exactly(() -> new byte[3_000_001]);
    exactly(() -> new long[17]);
    exactly(() -> new Object[33]);
    exactly(() -> new Point(1, 2));
    exactly(() -> new ArrayList<>(100));
    exactly(() -> {
      HashMap<Integer, byte[]> map = new HashMap<>();
      map.put(1000, new byte[100]);
      map.put(2000, new byte[5]);
      return map;
    });
  }

  /** The second run of the block, when all is loaded, must allocate what JOL adds up for what it returns. */
  private static void exactly(Supplier<Object> maker) {
    sink = maker.get();
    long bytes = Allocations.of(() -> sink = maker.get()).bytes();
    assertThat(bytes).isEqualTo(GraphLayout.parseInstance(sink).totalSize());
  }

  @Test
  void warmCallsAreCountedToTheByte() {
    SteadyAllocation steady = Allocations.perCall(() -> sink = new Point(1, 2));
    assertThat(steady.bytesPerCall()).isEqualTo(GraphLayout.parseInstance(sink).totalSize());
    assertThat(steady.uncompiledBytes()).isEqualTo((long) steady.bytesPerCall());
  }

  @Test
  void whatTheJitRemovesIsTold() {
    SteadyAllocation steady = Allocations
        .perCall(() -> counter += distance(new Point(counter, 2), new Point(3, counter)));
    assertThat(steady.bytesPerCall()).isZero();
    assertThat(steady.uncompiledBytes()).isEqualTo(2 * GraphLayout.parseInstance(new Point(1, 2)).totalSize());
    assertThat(steady.toString()).contains("the JIT removed " + steady.uncompiledBytes() + " B");
  }

  private static int distance(Point a, Point b) {
    return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  }

  @Test
  void childThreadsAreCounted() throws Exception {
    byte[][] kept = new byte[4][];
    Allocation all = Allocations.ofAllThreads(() -> {
      Thread[] threads = new Thread[4];
      for (int i = 0; i < threads.length; i++) {
        int own = i;
        threads[i] = new Thread(() -> kept[own] = new byte[5_000_000]);
        threads[i].start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    });
    if (MemoryStats.now().totalAllocatedBytes().isPresent()) {
      assertThat(all.bytes()).isBetween(20_000_000L, 20_200_000L);
    } else {
      assertThat(all.exact()).as("ended threads are not counted by this JDK: %s", all).isFalse();
      assertThat(all.note()).contains("4 threads ended");
    }
    assertThat(kept[3]).hasSize(5_000_000);
  }

  @Test
  void virtualThreadsAreCounted() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
    ExecutorService executor = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
        .invoke(null);
    List<Future<?>> futures = new ArrayList<>();
    Allocation all = Allocations.ofAllThreads(() -> {
      for (int i = 0; i < 100; i++) {
        futures.add(executor.submit(() -> sink = new byte[100_000]));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    });
    executor.shutdown();
    assertThat(all.bytes()).isBetween(10_000_000L, 11_000_000L);
  }

  @Test
  void aVirtualThreadIsSentElsewhere() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need JDK 21");
    ExecutorService executor = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
        .invoke(null);
    Future<?> future = executor
        .submit(() -> assertThatThrownBy(() -> Allocations.of(() -> counter++)).hasMessageContaining("ofAllThreads"));
    future.get();
    executor.shutdown();
  }

  @Test
  void sitesAreNamed() {
    List<AllocationSite> sites = Allocations.sites(() -> sink = makeText(counter++));
    assertThat(sites).isNotEmpty();
    assertThat(sites.get(0).place()).contains("AllocationsTest.makeText");
    assertThat(sites.stream().mapToDouble(AllocationSite::share).sum()).isBetween(0.5, 1.001);
  }

  private static String makeText(int number) {
    return "number " + number;
  }

  @Test
  void whatTheWorkThrowsComesThrough() {
    assertThatThrownBy(() -> Allocations.of(() -> {
      throw new java.io.IOException("disk");
    })).isInstanceOf(java.io.IOException.class).hasMessage("disk");
  }
}
