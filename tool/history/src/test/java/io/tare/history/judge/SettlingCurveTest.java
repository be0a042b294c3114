package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Mark;
import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
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
}
