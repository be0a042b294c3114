package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

class ParallelExecutionTest {
  private static final AtomicInteger RUNNING = new AtomicInteger();
  private static final AtomicInteger MOST_RUNNING = new AtomicInteger();
  private static final AtomicBoolean ACCOMPANIED = new AtomicBoolean();
  private static volatile Object sink;

  @Test
  void guardsOfTheWholeProcessRunAloneAndOthersBesideEachOther() {
    EngineTestKit.engine("junit-jupiter").configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
        .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
        .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
        .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
        .selectors(selectClass(Noise.class), selectClass(Alone.class), selectClass(AllocationBesideOthers.class))
        .execute().testEvents()
        .assertStatistics(statistics -> statistics.started(30 + 4 + 1).succeeded(30 + 4 + 1));
    assertThat(MOST_RUNNING.get()).as("the noise ran in parallel").isGreaterThan(1);
    assertThat(ACCOMPANIED.get()).as("noise ran beside a guard of the whole process").isFalse();
  }

  private static void noise() throws InterruptedException {
    MOST_RUNNING.accumulateAndGet(RUNNING.incrementAndGet(), Math::max);
    for (int i = 0; i < 20; i++) {
      sink = new byte[100_000];
      sink = ByteBuffer.allocateDirect(1000);
      Thread.sleep(1);
    }
    RUNNING.decrementAndGet();
  }

  private static void alone() {
    if (RUNNING.get() > 0) {
      ACCOMPANIED.set(true);
    }
  }

  static class Noise {
    @RepeatedTest(30)
    void isMade() throws InterruptedException {
      noise();
    }
  }

  static class Alone {
    @Test
    @NoLeak(rounds = 8, warmUpRounds = 1)
    void noLeak() {
      alone();
    }

    @Test
    @NoThreadsLeft
    void noThreadsLeft() {
      alone();
    }

    @Test
    @NoDirectBuffersLeft
    void noDirectBuffersLeft() {
      alone();
    }

    @Test
    @MaxHeap("2 MB")
    void maxHeap() {
      alone();
    }
  }

  static class AllocationBesideOthers {
    private int calls;

    @Test
    @MaxAllocation("0 B")
    void allocatesNothing() {
      calls++;
    }
  }
}
