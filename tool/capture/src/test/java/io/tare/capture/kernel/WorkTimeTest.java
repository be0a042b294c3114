package io.tare.capture.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.memory.LiveMemory;
import io.tare.capture.memory.ProcessMemory.ReadBudget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkTimeTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** A machine that is busy with others, as this thread sees it: the clock goes on, and the processor works for somebody else. */
  private static void waitOver(Duration time) throws InterruptedException {
    Thread.sleep(time.multipliedBy(5));
  }

  private static void workUntilOver(WorkTime time) {
    while (!time.isOver()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void waitingCostsNothingOfTheProcessorsTime() throws InterruptedException {
    // So much that what this thread does for the first time here, loading classes, does not take it.
    Duration enough = Duration.ofMillis(400);
    WorkTime time = new WorkTime(new WorkTime.Limits(enough, LONG));
    waitOver(enough);
    assertThat(time.isOver()).isFalse();
    assertThat(time.ranOut()).isEmpty();
  }

  @Test
  void workEndsWithTheProcessorsTimeAlsoAfterAWait() throws InterruptedException {
    WorkTime time = new WorkTime(new WorkTime.Limits(SHORT, LONG));
    waitOver(SHORT);
    workUntilOver(time);
    assertThat(time.ranOut()).isEqualTo("20 ms of processor time");
  }

  @Test
  void workThatOnlyWaitsEndsByTheClock() throws InterruptedException {
    // Whether it is over at first can't be asked: on a busy machine as much may have passed before.
    WorkTime time = new WorkTime(new WorkTime.Limits(Duration.ofSeconds(5), SHORT));
    waitOver(SHORT);
    assertThat(time.isOver()).isTrue();
    assertThat(time.ranOut()).isEqualTo("20 ms by the clock");
  }

  @Test
  void theClockIsLookedAtAgainWhenTheProcessorsTimeWasNotSpent() throws InterruptedException {
    long began = System.nanoTime();
    WorkTime time = new WorkTime(new WorkTime.Limits(Duration.ofMillis(200), Duration.ofMillis(600)));
    while (!time.isOver()) {
      Thread.sleep(20);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
    assertThat(time.ranOut()).isEqualTo("600 ms by the clock");
  }

  @Test
  void whatTheThreadDidBeforeDoesNotCount() {
    workUntilOver(new WorkTime(new WorkTime.Limits(SHORT.multipliedBy(3), LONG)));
    assertThat(new WorkTime(new WorkTime.Limits(SHORT, LONG)).isOver()).isFalse();
  }

  @Test
  void aReaderThatIsKeptFromTheProcessorStillReads() throws Exception {
    ReadBudget budget = new ReadBudget(1 << 20, new WorkTime.Limits(Duration.ofMillis(500), LONG));
    try (Arena arena = Arena.ofConfined(); LiveMemory memory = LiveMemory.open(Path.of("/proc/self"), budget)) {
      MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG);
      word.set(ValueLayout.JAVA_LONG, 0, 4711);
      Thread.sleep(600);
      assertThat(memory.u64(word.address())).hasValue(4711);
      assertThat(memory.budgetExceeded()).isFalse();
    }
  }

  @Test
  void aReaderSaysWhichPartOfItsBudgetRanOut() throws Exception {
    assertThat(ranOut(new ReadBudget(1 << 20, new WorkTime.Limits(Duration.ZERO, LONG))))
        .isEqualTo("0 s of processor time");
    assertThat(ranOut(new ReadBudget(1 << 20, new WorkTime.Limits(LONG, Duration.ZERO)))).isEqualTo("0 s by the clock");
    assertThat(ranOut(new ReadBudget(0, LONG))).isEqualTo("0 MB");
  }

  private static String ranOut(ReadBudget budget) throws IOException {
    try (Arena arena = Arena.ofConfined(); LiveMemory memory = LiveMemory.open(Path.of("/proc/self"), budget)) {
      MemorySegment word = arena.allocate(ValueLayout.JAVA_LONG).fill((byte) 1);
      for (int i = 0; i < 3; i++) {
        memory.u64(word.address());
      }
      assertThat(memory.budgetExceeded()).isTrue();
      return memory.ranOut();
    }
  }
}
