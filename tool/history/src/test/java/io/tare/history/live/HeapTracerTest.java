package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SampleColumn.Collector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTracerTest {
  private static final long MB = 1 << 20;
  private static final long START = 1_760_000_000_000L;

  /** A second after the other: the floor, how often the whole heap was collected, what each trace costs. */
  private record Program(Collector collector, long floorBytes, double risePerSecond, double wholePerSecond,
      long costNanos) {
    List<Long> traced(HeapTracer tracer, int seconds) {
      List<Long> traced = new ArrayList<>();
      for (int second = 0; second < seconds; second++) {
        Sample sample = Sample.of(START + second * 1000L, Sample.noValues())
            .with(SampleColumn.HEAP_FLOOR, floorBytes + (long) (second * risePerSecond))
            .with(SampleColumn.GC_KIND, collector.code())
            .with(SampleColumn.GC_WHOLE_RUNS, (long) (second * wholePerSecond));
        if (tracer.isDue(sample)) {
          traced.add((long) second);
          tracer.took(sample, costNanos, true);
        }
      }
      return traced;
    }
  }

  private static final Program LEAKING = new Program(Collector.G1, 30 * MB, 0.1 * MB, 0, 300_000_000);

  @Test
  void ofARisingFloorSixReadingsComeWithinTenMinutesAtUnevenTimes() {
    List<Long> traced = LEAKING.traced(new HeapTracer(true), 600);
    assertThat(traced).hasSizeBetween(6, 8);
    assertThat(traced.getLast() - traced.getFirst()).isGreaterThan(300);
    for (int i = 1; i < traced.size(); i++) {
      assertThat(traced.get(i) - traced.get(i - 1)).isBetween(75L, 91L);
    }
    assertThat(traced.get(2) - traced.get(1)).isNotEqualTo(traced.get(1) - traced.get(0));
  }

  @Test
  void nothingIsTracedThatNobodyAskedForOrThatTellsNothing() {
    assertThat(LEAKING.traced(new HeapTracer(false), 600)).as("not wanted").isEmpty();
    assertThat(new Program(Collector.G1, 30 * MB, 0, 0, 1).traced(new HeapTracer(true), 600)).as("it does not rise")
        .isEmpty();
    for (Collector busy : List.of(Collector.ZGC, Collector.SHENANDOAH)) {
      assertThat(new Program(busy, 30 * MB, 0.1 * MB, 0, 1).traced(new HeapTracer(true), 600))
          .as("it collects all of its heap by itself").isEmpty();
    }
    assertThat(new Program(Collector.PARALLEL, 30 * MB, 0.1 * MB, 0.1, 1).traced(new HeapTracer(true), 3_600))
        .as("after six collections of the whole heap").isNotEmpty().allMatch(second -> second < 70);
  }

  /** A thousandth of a processor, and at the start four seconds more. */
  @Test
  void inTheLongRunItCostsAThousandthOfAProcessor() {
    for (long millis : List.of(100, 300, 900, 2_500)) {
      int hours = 24;
      int traces = new Program(Collector.G1, 100 * MB, 0.01 * MB, 0, millis * 1_000_000)
          .traced(new HeapTracer(true), hours * 3600).size();
      assertThat(traces * millis / 1e3).as(millis + " ms each").isBetween(40.0,
          4 + hours * 3600 * 0.001 + millis / 1e3);
    }
  }

  @Test
  void aHeapThatCostsMoreThanTheStoreHoldsIsLeftAlone() {
    assertThat(new Program(Collector.G1, 850 * MB, 0.01 * MB, 0, 1).traced(new HeapTracer(true), 3_600)).isNotEmpty();
    assertThat(new Program(Collector.G1, 950 * MB, 0.01 * MB, 0, 1).traced(new HeapTracer(true), 3_600)).isEmpty();
    assertThat(new Program(Collector.G1, 100 * MB, 0.01 * MB, 0, 5_000_000_000L).traced(new HeapTracer(true), 36_000))
        .as("it cost more than was thought").hasSize(1);
  }

  @Test
  void whatFailsAgainAndAgainIsGivenUp() {
    HeapTracer tracer = new HeapTracer(true);
    int tried = 0;
    int saidSo = 0;
    for (int second = 0; second < 7_200; second++) {
      Sample sample = Sample.of(START + second * 1000L, Sample.noValues())
          .with(SampleColumn.HEAP_FLOOR, 30 * MB + second * MB / 10)
          .with(SampleColumn.GC_KIND, Collector.SERIAL.code());
      if (tracer.isDue(sample)) {
        tried++;
        tracer.took(sample, 1_000_000, false);
        saidSo += tracer.hasJustGivenUp() ? 1 : 0;
      }
    }
    assertThat(tried).isEqualTo(5);
    assertThat(saidSo).isEqualTo(1);
  }

  @Test
  void whatComesAtLastIsNotGivenUp() {
    HeapTracer tracer = new HeapTracer(true);
    int tried = 0;
    for (int second = 0; second < 3_600; second++) {
      Sample sample = Sample.of(START + second * 1000L, Sample.noValues())
          .with(SampleColumn.HEAP_FLOOR, 30 * MB + second * MB / 10)
          .with(SampleColumn.GC_KIND, Collector.SERIAL.code());
      if (tracer.isDue(sample)) {
        tried++;
        tracer.took(sample, 1_000_000, tried % 5 == 0);
      }
    }
    assertThat(tried).isGreaterThan(30);
    assertThat(tracer.hasJustGivenUp()).isFalse();
  }
}
