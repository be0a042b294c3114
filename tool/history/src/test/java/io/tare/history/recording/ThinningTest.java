package io.tare.history.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.Thinning.ThinTrack;
import io.tare.model.history.Mark;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What stays when a recording becomes coarser. */
class ThinningTest {
  private static final long START = SampleRecordings.START;
  private static final int SECONDS = 600;

  private static List<Entry> thinned(List<Entry> entries, Thinning.Step step) {
    List<Entry> kept = new ArrayList<>();
    Thinning thinning = new Thinning(step, entries.getLast().epochMillis(), kept);
    entries.forEach(thinning::entry);
    thinning.finish();
    return kept;
  }

  private static List<Entry> tenMinutes() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < SECONDS; i++) {
      long at = START + i * 1000L;
      entries.add(new Entry.Sampled(1, SampleRecordings.sample(at, i == 123 ? 999 : 100, i % 7 == 0 ? 50 + i : -1)));
      if (i % 60 == 0) {
        entries.add(new Entry.Weighed(1, SampleRecordings.weighing(at, WeighingReason.TURN, 10, 5)));
      }
      if (i % 100 == 50) {
        entries.add(new Entry.Marked(1, SampleRecordings.mark(at, "M" + i, OptionalLong.empty())));
      }
      if (i == 333) {
        entries.add(new Entry.Weighed(1, SampleRecordings.weighing(at, WeighingReason.LIMIT, 10, 5)));
      }
    }
    return entries;
  }

  @Test
  void thePeakAndTheFloorsOfEachStretchStay() {
    List<Entry> kept = thinned(tenMinutes(), new Thinning.Step(0, 60_000));
    List<Entry.Sampled> samples = kept.stream().filter(Entry.Sampled.class::isInstance).map(Entry.Sampled.class::cast)
        .toList();
    assertThat(samples).hasSizeLessThan(40);
    assertThat(samples).anyMatch(one -> one.sample().raw(SampleColumn.RSS) == 999);
    assertThat(samples.stream().mapToLong(one -> one.sample().raw(SampleColumn.HEAP_FLOOR)).filter(v -> v > 0).min())
        .hasValue(50);
  }

  @Test
  void marksAndLedgersThatHadAReasonStay() {
    List<Entry> entries = tenMinutes();
    List<Entry> kept = thinned(entries, new Thinning.Step(0, 3_600_000));
    assertThat(kept.stream().filter(Entry.Marked.class::isInstance))
        .containsExactlyElementsOf(entries.stream().filter(Entry.Marked.class::isInstance).toList());
    assertThat(kept).anyMatch(entry -> entry instanceof Entry.Weighed weighed
        && weighed.weighing().reason() == WeighingReason.LIMIT);
    assertThat(kept.stream().filter(Entry.Weighed.class::isInstance)).hasSize(2);
  }

  @Test
  void whatIsYoungIsNotTouched() {
    List<Entry> entries = tenMinutes();
    assertThat(thinned(entries, new Thinning.Step(3_600_000, 10_000))).isEqualTo(entries);
  }

  @Test
  void theOrderOfTimeIsKeptForEachProcess() {
    List<Long> moments = thinned(tenMinutes(), new Thinning.Step(120_000, 10_000)).stream()
        .filter(Entry.Sampled.class::isInstance).map(Entry::epochMillis).toList();
    assertThat(moments).isSorted();
  }

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
