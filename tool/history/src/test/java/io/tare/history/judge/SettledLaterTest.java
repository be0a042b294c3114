package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Timelines;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.Timeline;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/**
 * What an open verdict says would settle it does, when one lets it happen: half an hour of a leak under G1, as it was, judged after ten
 * minutes and again after the time that was asked for.
 */
class SettledLaterTest {
  private static final Path RECORDING = Path.of("src/test/resources/recordings/arrays-under-g1.tarerec");
  private static final double MB = 1 << 20;

  private static Timeline until(Timeline line, Instant end) {
    return new Timeline(line.target(), line.from(), end,
        line.series().stream().map(series -> new Series(series.id(), series.unit(),
            series.points().stream().filter(point -> !point.at().isAfter(end)).toList())).toList(),
        line.marks(), line.limitBytes(), line.endedBy());
  }

  /** 6 MB of arrays a minute; G1 marks for the first time after eighteen minutes. */
  @Test
  void theTimeThatIsAskedForSettlesIt() throws Exception {
    Timeline line = Timelines.of(RecordingFiles.open(RECORDING)).getFirst();
    LeakVerdict open = LeakJudge.judge(until(line, line.from().plus(Duration.ofMinutes(10))), LeakOptions.USUAL);
    assertThat(open.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(heap(open).words()).contains("at this rate in about 8 min");
    Instant settled = line.from().plus(Duration.ofMinutes(10)).plus(heap(open).needs().orElseThrow());
    assertThat(settled).isBefore(line.to());
    LeakVerdict closed = LeakJudge.judge(until(line, settled), LeakOptions.USUAL);
    assertThat(closed.leaking()).containsExactly("heap.live");
    double rate = heap(closed).perHour().orElseThrow().estimate();
    assertThat(rate).isCloseTo(6 * 60 * MB, Percentage.withPercentage(2));
  }

  private static SeriesVerdict heap(LeakVerdict verdict) {
    return verdict.courses().stream().filter(course -> course.id().equals("heap.live")).findFirst().orElseThrow();
  }
}
