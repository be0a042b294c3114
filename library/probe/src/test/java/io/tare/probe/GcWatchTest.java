package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.probe.trend.Trend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class GcWatchTest {
  private static volatile Object sink;

  @Test
  void collectionsAreSeenWithHeapBeforeAndAfter() {
    try (GcWatch watch = GcWatch.start()) {
      sink = new byte[20_000_000];
      sink = "";
      System.gc();
      await(() -> watch.recent().stream().anyMatch(gc -> gc.cause().equals("System.gc()")));
      assertThat(watch.recent().stream().mapToLong(gc -> gc.heap().beforeBytes() - gc.heap().afterBytes()).sum())
          .isGreaterThan(19_000_000);
      assertThat(watch.summary().pauses().count()).isPositive();
      assertThat(watch.summary().toString()).startsWith("GC ");
    }
  }

  @Test
  void theAllocationRateIsKnownOnEveryJdk() {
    try (GcWatch watch = GcWatch.start()) {
      for (int i = 0; i < 2000; i++) {
        sink = new byte[100_000];
      }
      GcSummary summary = watch.summary();
      double allocated = summary.allocatedBytesPerSecond().orElseThrow() * summary.watched().toNanos() / 1e9;
      assertThat(allocated).isBetween(120e6, 260e6);
    }
  }

  @Test
  void listenersHearOfThresholdsAndTheirFailuresAreTold() {
    List<Object> heard = Collections.synchronizedList(new ArrayList<>());
    try (GcWatch watch = GcWatch.start()) {
      watch.onPauseOver(Duration.ofMillis(-1), heard::add);
      watch.onPauseOver(Duration.ofDays(1), gc -> heard.add("never"));
      watch.onPauseShareOver(-1, heard::add);
      watch.onHeapAfterGcOver(0, gc -> {
        throw new IllegalStateException("listener broke");
      });
      System.gc();
      await(() -> heard.size() >= 2 && watch.summary().failure().isPresent());
      assertThat(heard).hasAtLeastOneElementOfType(GcEvent.class).hasAtLeastOneElementOfType(GcSummary.class)
          .doesNotContain("never");
      assertThat(watch.summary().failure().orElseThrow()).contains("listener broke");
    }
  }

  @Test
  void aClosedWatchHearsNothing() {
    GcWatch watch = GcWatch.start();
    watch.close();
    watch.close();
    System.gc();
    assertThat(watch.recent()).isEmpty();
  }

  @Test
  void sharesAreGraded() {
    assertThat(GcGrade.of(0.009)).isEqualTo(GcGrade.EXCELLENT);
    assertThat(GcGrade.of(0.01)).isEqualTo(GcGrade.GOOD);
    assertThat(GcGrade.of(0.05)).isEqualTo(GcGrade.CONCERNING);
    assertThat(GcGrade.of(0.10)).isEqualTo(GcGrade.CONCERNING);
    assertThat(GcGrade.of(0.11)).isEqualTo(GcGrade.BAD);
    GcSummary.Pauses pauses = new GcSummary.Pauses(3, Duration.ofMillis(200), Duration.ofMillis(90));
    Trend flat = Trend.of(new long[0], Trend.ONE_IN_A_THOUSAND);
    assertThat(new GcSummary(Duration.ofSeconds(1), pauses, OptionalDouble.empty(), OptionalDouble.empty(), flat,
        Optional.empty()).grade())
        .as("without the threads' processor time, by time stopped").isEqualTo(GcGrade.BAD);
    assertThat(new GcSummary(Duration.ofSeconds(1), pauses, OptionalDouble.of(0.02), OptionalDouble.empty(), flat,
        Optional.empty()).toString())
        .isEqualTo(
            "GC good: 3 pauses, 200 ms in all, longest 90 ms, 20.00 % of the time, 2.00 % of the processor time");
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited ten seconds").isLessThan(deadline);
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
