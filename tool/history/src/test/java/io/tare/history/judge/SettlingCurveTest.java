package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Settling;
import io.tare.model.history.Settling.Basis;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SettlingCurveTest {
  private static final double MB = 1 << 20;
  private static final long END = 200;

  private static Series series(String id, SeriesUnit unit, LongToDoubleFunction level) {
    return new Series(id, unit, LongStream.range(0, 900)
        .mapToObj(second -> new Point(Instant.ofEpochSecond(second), level.applyAsDouble(second))).toList());
  }

  private static Timeline line(List<Mark> marks, LongToDoubleFunction idle) {
    return new Timeline("orders", Instant.EPOCH, Instant.ofEpochSecond(900),
        List.of(series("heap.idle", SeriesUnit.BYTES, idle),
            series(SeriesNames.CPU_NANOS, SeriesUnit.NANOS_COUNTER,
                second -> 1e9 * (Math.min(second, END) + 0.01 * Math.max(0, second - END)))),
        marks, OptionalLong.empty(), Optional.empty());
  }

  private static double falling(long second, double timeConstant) {
    return (second < END ? 300 : 100 + 200 * Math.exp(-(second - END) / timeConstant)) * MB;
  }

  @Test
  void theEndOfTheLoadIsFoundByTheProcessorTime() {
    Settling settling = SettlingCurve.of(line(List.of(), second -> falling(second, 60)), Optional.empty())
        .orElseThrow();
    assertThat(settling.loadEnded()).isBetween(Instant.ofEpochSecond(END - 20), Instant.ofEpochSecond(END + 20));
    assertThat(settling.how()).contains("processor time");
  }

  @Test
  void aMarkThatSaysTheEndComesFirstAndTheHalfLifeIsTold() {
    Mark mark = new Mark(Instant.ofEpochSecond(END), "AFTER RUN", OptionalLong.empty(), "page");
    Settling settling = SettlingCurve.of(line(List.of(mark), second -> falling(second, 60)), Optional.empty())
        .orElseThrow();
    assertThat(settling.loadEnded()).isEqualTo(Instant.ofEpochSecond(END));
    Settling.Line idle = settling.lines().getFirst();
    assertThat(idle.returned()).isBetween(199 * MB, 201 * MB);
    assertThat(idle.halfLife().orElseThrow()).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(44));
    assertThat(idle.basis()).isEqualTo(Basis.MEASURED);
    assertThat(idle.steady().orElseThrow().estimate()).isBetween(99 * MB, 101 * MB);
  }

  @Test
  void aFallThatIsNotOverIsPredictedWithBoundsThatHoldTheTruth() {
    Mark mark = new Mark(Instant.ofEpochSecond(END), "END", OptionalLong.empty(), "page");
    Settling.Line idle = SettlingCurve.of(line(List.of(mark), second -> falling(second, 500)), Optional.empty())
        .orElseThrow().lines().getFirst();
    assertThat(idle.basis()).isEqualTo(Basis.PREDICTED);
    assertThat(idle.steady().orElseThrow().estimate()).isBetween(90 * MB, 110 * MB);
    assertThat(100 * MB).isBetween(idle.steady().get().low(), idle.steady().get().high());
  }

  @Test
  void whatNeverFallsSettlesWhereItIs() {
    Settling.Line idle = SettlingCurve.of(line(List.of(), second -> 80 * MB), Optional.empty()).orElseThrow().lines()
        .getFirst();
    assertThat(idle.halfLife()).isEmpty();
    assertThat(idle.basis()).isEqualTo(Basis.MEASURED);
  }

  @Test
  void withoutAnEndOfALoadThereIsNoCurve() {
    Timeline busy = new Timeline("a", Instant.EPOCH, Instant.ofEpochSecond(900),
        List.of(series(SeriesNames.CPU_NANOS, SeriesUnit.NANOS_COUNTER, second -> second * 1e9)), List.of(),
        OptionalLong.empty(), Optional.empty());
    assertThat(SettlingCurve.of(busy, Optional.empty())).isEmpty();
    assertThat(SettlingCurve.of(busy, Optional.of("END"))).isEmpty();
  }

  private static Mark mark(long second, String label) {
    return new Mark(Instant.ofEpochSecond(second), label, OptionalLong.empty(), "page");
  }

  private static Settling settling(List<Mark> marks, Optional<String> label, Series... series) {
    return SettlingCurve.of(new Timeline("orders", Instant.EPOCH, Instant.ofEpochSecond(900), List.of(series), marks,
        OptionalLong.empty(), Optional.empty()), label).orElseThrow();
  }

  private static Series idle() {
    return series("heap.idle", SeriesUnit.BYTES, second -> falling(second, 60));
  }

  @Test
  void theLastMarkThatSaysTheEndIsIt() {
    assertThat(settling(List.of(mark(50, "Done"), mark(END, "the load: AFTER RUN 3"), mark(300, "extended")),
        Optional.empty(), idle()).how()).isEqualTo("the mark the load: AFTER RUN 3");
    assertThat(settling(List.of(mark(50, "END"), mark(END, "warm")), Optional.empty(), idle()).loadEnded())
        .isEqualTo(Instant.ofEpochSecond(50));
    assertThat(settling(List.of(mark(50, "END"), mark(END, "warm")), Optional.of("warm"), idle()).loadEnded())
        .isEqualTo(Instant.ofEpochSecond(END));
  }

  @Test
  void withoutProcessorTimeAllocationTellsTheEndAndThenCollections() {
    LongToDoubleFunction untilTheEnd = second -> Math.min(second, END);
    assertThat(settling(List.of(), Optional.empty(), idle(),
        series(SeriesNames.ALLOCATED, SeriesUnit.BYTES_COUNTER, untilTheEnd),
        series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, untilTheEnd)).how())
        .isEqualTo("a fall of what it allocates");
    assertThat(settling(List.of(), Optional.empty(), idle(),
        series(SeriesNames.GC_RUNS, SeriesUnit.COUNT_COUNTER, untilTheEnd)).how())
        .isEqualTo("a fall of how often it collects");
  }

  /** Thinned to sixty stretches of fifteen seconds each. */
  @Test
  void theEndIsTheLastStretchThatIsBusy() {
    LongToDoubleFunction fifth = second -> second < END ? second : END + (second - END) * 0.19;
    assertThat(settling(List.of(), Optional.empty(), idle(),
        series(SeriesNames.CPU_NANOS, SeriesUnit.NANOS_COUNTER, fifth)).loadEnded())
        .isBetween(Instant.ofEpochSecond(END - 15), Instant.ofEpochSecond(END + 15));
    LongToDoubleFunction quarter = second -> second < END ? second : END + (second - END) * 0.25;
    assertThat(SettlingCurve.of(new Timeline("orders", Instant.EPOCH, Instant.ofEpochSecond(900),
        List.of(idle(), series(SeriesNames.CPU_NANOS, SeriesUnit.NANOS_COUNTER, quarter)), List.of(),
        OptionalLong.empty(), Optional.empty()), Optional.empty())).isEmpty();
  }

  /** Gross stands first, then what moved most; what is no resident memory is left out. */
  @Test
  void linesStandInTheOrderOfWhatTheyGaveBack() {
    Settling settling = settling(List.of(mark(END, "end")), Optional.empty(),
        series("malloc.idle", SeriesUnit.BYTES, second -> second < END ? 50 * MB : 10 * MB),
        series("gc", SeriesUnit.BYTES, second -> 5 * MB), idle(),
        series(SeriesNames.HEAP_USED, SeriesUnit.BYTES, second -> second),
        series(SeriesNames.THREADS, SeriesUnit.COUNT, second -> 5),
        series(SeriesNames.RSS, SeriesUnit.BYTES, second -> 400 * MB));
    assertThat(settling.lines()).extracting(Settling.Line::id).containsExactly("rss", "heap.idle", "malloc.idle", "gc");
    Settling.Line malloc = settling.lines().get(2);
    assertThat(malloc.atEndOfLoad()).isEqualTo(50 * MB);
    assertThat(malloc.last()).isEqualTo(10 * MB);
    assertThat(malloc.halfLife()).contains(Duration.ZERO);
    assertThat(settling.lines().getFirst().halfLife()).as("nothing came back").isEmpty();
  }

  @Test
  void fewReadingsAfterTheLoadTellNoSteadyState() {
    Series sparse = new Series("heap.idle", SeriesUnit.BYTES, LongStream.of(0, 100, 300, 400, 500, 600, 700)
        .mapToObj(second -> new Point(Instant.ofEpochSecond(second), falling(second, 60))).toList());
    assertThat(settling(List.of(mark(END, "end")), Optional.empty(), sparse).lines().getFirst()).satisfies(line -> {
      assertThat(line.basis()).isEqualTo(Basis.CANNOT_TELL);
      assertThat(line.steady()).isEmpty();
      assertThat(line.atEndOfLoad()).isEqualTo(300 * MB);
      assertThat(line.halfLife()).contains(Duration.ZERO);
    });
    Series once = new Series("gc", SeriesUnit.BYTES, List.of(new Point(Instant.ofEpochSecond(100), MB),
        new Point(Instant.ofEpochSecond(300), MB)));
    assertThat(settling(List.of(mark(END, "end")), Optional.empty(), once).lines()).isEmpty();
  }

  @Test
  void aFallThatGetsFasterHasNoEndInSight() {
    Settling.Line line = settling(List.of(mark(END, "end")), Optional.empty(),
        series("heap.idle", SeriesUnit.BYTES, second -> (900 - second * second / 1000.0) * MB)).lines().getFirst();
    assertThat(line.basis()).isEqualTo(Basis.CANNOT_TELL);
  }
}
