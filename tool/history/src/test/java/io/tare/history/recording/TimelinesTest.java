package io.tare.history.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Series.Point;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

  /** What a ledger says in other words is not zero: heap in use, where nothing tells what of it lives. */
  @Test
  void aLedgerThatCouldNotSplitAnAccountHasNoPointOfItsParts() {
    Timeline line = Timelines.of(new RecordedTrack(process(), new SampleTable(), List.of(
        weighing(1000, Map.of("heap.used", 50L, "malloc.unsplit", 7L)),
        weighing(2000, Map.of("heap.live", 20L, "heap.garbage", 30L, "malloc.used", 3L)),
        weighing(3000, Map.of("heap.live", 21L))), List.of(), Optional.empty()));
    assertThat(values(line, "heap.used")).containsExactly(50.0);
    assertThat(values(line, "heap.live")).containsExactly(20.0, 21.0);
    assertThat(values(line, "heap.garbage")).as("measured, and there is none").containsExactly(30.0, 0.0);
    assertThat(values(line, "malloc.used")).containsExactly(3.0, 0.0);
    assertThat(values(line, "malloc.unsplit")).as("parts are told elsewhere").containsExactly(0.0, 0.0);
  }

  private static RecordedProcess process() {
    return new RecordedProcess(4711, 1, "boot", "orders", "HotSpot JVM", OptionalLong.empty());
  }

  private static Weighing weighing(long at, Map<String, Long> accounts) {
    return new Weighing(at, WeighingReason.TURN, 100, OptionalLong.empty(), accounts, 0, 0);
  }

  private static List<Double> values(Timeline line, String id) {
    return line.series(id).orElseThrow().points().stream().map(Point::value).toList();
  }
}
