package io.tare.history.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Mark;
import io.tare.model.history.Point;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A recording as the series that are judged. */
class TimelinesTest {
  private final Timeline timeline = Timelines.of(SampleRecordings.recording(SampleRecordings.oneOfEach())).getFirst();

  @Test
  void readingsBecomeSeriesAndAMomentThatWasNotReadHasNoPoint() {
    assertThat(timeline.series(SeriesNames.RSS).orElseThrow().points()).hasSize(2)
        .contains(new Point(Instant.ofEpochMilli(SampleRecordings.START + 1000), 500 << 20));
    assertThat(timeline.series(SeriesNames.HEAP_FLOOR).orElseThrow().points())
        .containsExactly(new Point(Instant.ofEpochMilli(SampleRecordings.START + 2000), 80 << 20));
    assertThat(timeline.series(SeriesNames.SWAP)).isEmpty();
  }

  @Test
  void accountsOfTheLedgersBecomeSeriesByTheirIds() {
    assertThat(timeline.series("malloc.used").orElseThrow().points()).extracting(Point::value)
        .containsExactly((double) (20 << 20));
    assertThat(timeline.series(SeriesNames.NET)).isPresent();
    assertThat(timeline.series(Timelines.UNEXPLAINED)).isPresent();
  }

  @Test
  void marksOfOneAndOfAllStandInTheOrderOfTime() {
    assertThat(timeline.marks()).extracting(Mark::label).containsExactly("AFTER_LOAD \u00fc", "ALL");
  }

  @Test
  void theEndAndTheLimitAreTold() {
    assertThat(timeline.endedBy()).contains("killed by SIGKILL");
    assertThat(timeline.limitBytes()).hasValue(1L << 30);
    assertThat(timeline.target()).isEqualTo("orders.jar, pid 4711");
  }
}
