package io.tare.history.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Thinning.ThinTrack;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ThinTrackTest {
  private static final RecordedProcess PROCESS = new RecordedProcess(1, 1, "boot", "orders", "HotSpot JVM",
      OptionalLong.empty());

  @Test
  void aWeekOfSecondsTakesBoundedMemoryAndKeepsPeakMarksAndBothEnds() {
    ThinTrack thin = new ThinTrack(PROCESS);
    int seconds = 7 * 24 * 3600;
    thin.add(new Entry.Marked(1, new Mark(Instant.ofEpochSecond(5), "LOADED", OptionalLong.empty(), "page")));
    for (int second = 1; second <= seconds; second++) {
      thin.add(new Entry.Sampled(1, sample(second, second == 123_456 ? 9_000 : 1_000)));
      assertThat(thin.size()).isLessThanOrEqualTo(8192);
    }
    RecordedTrack track = thin.track();
    SampleTable samples = track.samples();
    assertThat(samples.size()).isGreaterThan(500);
    assertThat(samples.epochMillis(0)).isLessThan(seconds * 10L);
    assertThat(samples.epochMillis(samples.size() - 1)).isEqualTo(seconds * 1000L);
    assertThat(samples.points(SampleColumn.RSS)).anyMatch(point -> point.value() == 9_000);
    assertThat(track.marks()).extracting(Mark::label).containsExactly("LOADED");
  }

  private static Sample sample(int second, long rss) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = rss;
    return Sample.of(second * 1000L, values);
  }
}
