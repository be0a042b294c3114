package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.HotSpotDiagnosticMXBean;
import io.tare.probe.allocation.Allocations;
import io.tare.probe.metric.Metric;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

class MemoryStatsTest {
  private static volatile Object sink;

  @Test
  void aReadingAllocatesNothingButItself() {
    long readingBytes = GraphLayout.parseInstance(MemoryStats.now()).totalSize();
    for (int i = 0; i < 2000; i++) {
      sink = MemoryStats.now();
    }
    long[] bytes = new long[200];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Allocations.of(() -> sink = MemoryStats.now()).bytes();
    }
    Arrays.sort(bytes);
    assertThat(bytes[0]).isEqualTo(readingBytes);
    assertThat(bytes[bytes.length / 2]).as("the pools are read again only when something moved them")
        .isEqualTo(readingBytes);
  }

  @Test
  void heapNumbersFitTogether() {
    MemoryStats now = MemoryStats.now();
    assertThat(now.heapUsedBytes()).isPositive().isLessThanOrEqualTo(now.heapCommittedBytes());
    assertThat(now.heapCommittedBytes()).isLessThanOrEqualTo(now.heapMaxBytes());
    assertThat(now.heapUsedBytes() + now.get(Metric.HEAP_IDLE).orElseThrow()).isEqualTo(now.heapCommittedBytes());
    assertThat(now.get(Metric.COMMITTED).orElseThrow()).isGreaterThan(now.heapCommittedBytes());
  }

  @Test
  void allocationMovesWhatItShouldMove() {
    MemoryStats before = MemoryStats.now();
    sink = new byte[10_000_000];
    MemoryChange change = MemoryStats.now().minus(before);
    assertThat(change.get(Metric.THREAD_ALLOCATED).orElseThrow()).isBetween(10_000_000L, 10_100_000L);
    change.get(Metric.TOTAL_ALLOCATED).ifPresent(total -> assertThat(total).isGreaterThanOrEqualTo(10_000_000L));
    assertThat(change.toString()).contains("ThreadAlloc=+100");
  }

  @Test
  void theTotalOfAllThreadsIsKnownWhereTheJdkCountsIt() {
    boolean counted = Arrays.stream(com.sun.management.ThreadMXBean.class.getMethods())
        .anyMatch(method -> method.getName().equals("getTotalThreadAllocatedBytes"));
    assertThat(MemoryStats.now().totalAllocatedBytes().isPresent()).isEqualTo(counted);
    assertThat(counted || Runtime.version().feature() < 21).isTrue();
  }

  @Test
  void aGcShowsInRunsAndLiveHeap() {
    MemoryStats before = MemoryStats.now();
    System.gc();
    MemoryStats after = MemoryStats.now();
    assertThat(after.minus(before).get(Metric.GC_RUNS).orElseThrow()).isPositive();
    assertThat(after.heapLiveBytes().orElseThrow()).isPositive().isLessThanOrEqualTo(after.heapMaxBytes());
  }

  @Test
  void directBuffersAreCounted() {
    MemoryStats before = MemoryStats.now();
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    MemoryChange change = MemoryStats.now().minus(before);
    assertThat(change.get(Metric.DIRECT_BYTES).orElseThrow()).isGreaterThanOrEqualTo(buffer.capacity());
  }

  @Test
  void residentMemoryIsTheSumOfItsParts() {
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "resident memory is read from /proc");
    MemoryStats now = MemoryStats.withRss();
    long parts = now.get(Metric.RSS_ANON).orElseThrow() + now.get(Metric.RSS_FILE).orElseThrow()
        + now.get(Metric.RSS_SHARED).orElseThrow();
    assertThat(now.get(Metric.RSS).orElseThrow()).isEqualTo(parts);
    assertThat(MemoryStats.now().get(Metric.RSS)).as("the cheap reading does not ask the kernel").isEmpty();
  }

  @Test
  void theNextCollectionBeginsWhereTheGoalSays() {
    GarbageCollectorMXBean young = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).get(0);
    assumeTrue(young.getName().equals("Copy"),
        "when a collection begins is checked with the serial collector, which keeps its eden");
    System.gc();
    MemoryStats before = MemoryStats.now();
    while (MemoryStats.now().minus(before).get(Metric.GC_RUNS).orElseThrow() == 0) {
      sink = new byte[1000];
    }
    long atItsBegin = young.getLastGcInfo().getMemoryUsageBeforeGc().entrySet().stream()
        .filter(pool -> pool.getKey().contains("Eden") || pool.getKey().contains("Gen")
            || pool.getKey().contains("Survivor"))
        .mapToLong(pool -> pool.getValue().getUsed()).sum();
    assertThat(before.get(Metric.GC_GOAL).orElseThrow()).isCloseTo(atItsBegin, withinPercentage(2));
  }

  @Test
  void aThreadMoreIsAStackMore() throws InterruptedException {
    MemoryStats before = MemoryStats.withRss();
    assumeTrue(before.get(Metric.OS_THREADS).isPresent(), "the kernel's count of threads is read from /proc");
    long stackBytes = before.get(Metric.JAVA_STACKS).orElseThrow() / before.get(Metric.THREADS).orElseThrow();
    CountDownLatch end = new CountDownLatch(1);
    Thread thread = new Thread(() -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    thread.start();
    MemoryStats with = MemoryStats.withRss();
    end.countDown();
    thread.join();
    assertThat(with.minus(before).get(Metric.JAVA_STACKS))
        .hasValue(stackBytes * with.minus(before).get(Metric.THREADS).orElseThrow());
    assertThat(with.minus(before).get(Metric.THREADS)).hasValue(1);
    long others = with.get(Metric.OS_THREADS).orElseThrow() - with.get(Metric.THREADS).orElseThrow();
    long kilobytes = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption("VMThreadStackSize").getValue());
    assertThat(with.get(Metric.NATIVE_STACKS)).hasValue(others * kilobytes * 1024);
    assertThat(with.get(Metric.OS_THREADS).orElseThrow()).isGreaterThan(with.get(Metric.THREADS).orElseThrow());
  }

  @Test
  void everyMetricIsExplained() {
    assertThat(MemoryStats.explain().lines().filter(line -> line.startsWith("  after a GC: ")))
        .hasSize(Metric.values().length);
    assertThat(Arrays.stream(Metric.values()).map(Metric::key)).doesNotHaveDuplicates();
    assertThat(MemoryStats.explain()).contains("Alloc: heap that holds objects").contains("after a GC: must come back");
  }
}
