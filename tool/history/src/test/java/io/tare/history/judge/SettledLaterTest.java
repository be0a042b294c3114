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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What an open verdict says would settle it does, when one lets it happen: half an hour of two leaks under G1, as it was, judged after ten
 * minutes and again after the time that was asked for.
 */
class SettledLaterTest {
  private static final Path RECORDINGS = Path.of("src/test/resources/recordings");

  private static Timeline until(Timeline line, Instant end) {
    return new Timeline(line.target(), line.from(), end,
        line.series().stream().map(series -> new Series(series.id(), series.unit(),
            series.points().stream().filter(point -> !point.at().isAfter(end)).toList())).toList(),
        line.marks(), line.limitBytes(), line.endedBy());
  }

  /** The rate is what the program itself kept, in bytes an hour. */
  @ParameterizedTest
  @CsvSource({"arrays-under-g1, 377487360, at this rate in about 8 min", "slow-under-g1, 31457280, may leave up to"})
  void theTimeThatIsAskedForSettlesIt(String name, double truth, String words) throws Exception {
    Timeline line = Timelines.of(RecordingFiles.open(RECORDINGS.resolve(name + ".tarerec"))).getFirst();
    LeakVerdict open = LeakJudge.judge(until(line, line.from().plus(Duration.ofMinutes(10))), LeakOptions.USUAL);
    assertThat(open.answer()).isEqualTo(Answer.CANNOT_TELL);
    assertThat(heap(open).words()).contains(words);
    Instant settled = line.from().plus(Duration.ofMinutes(10)).plus(heap(open).needs().orElseThrow());
    assertThat(settled).isBefore(line.to());
    LeakVerdict closed = LeakJudge.judge(until(line, settled), LeakOptions.USUAL);
    assertThat(closed.leaking()).containsExactly("heap.live");
    double rate = heap(closed).perHour().orElseThrow().estimate();
    assertThat(Math.abs(rate - truth)).isLessThan(truth / 10);
  }

  private static SeriesVerdict heap(LeakVerdict verdict) {
    return verdict.courses().stream().filter(course -> course.id().equals("heap.live")).findFirst().orElseThrow();
  }
}
