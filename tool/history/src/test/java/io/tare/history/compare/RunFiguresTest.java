package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Entry;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.trial.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RunFiguresTest {
  private static final long START = SampleRecordings.START;
  private static final long MB = 1 << 20;

  private static RecordedTrack track(SampleColumn column, long... values) {
    List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(START, "0.1", 1000), new Entry.Target(START, 1,
        new RecordedProcess(4711, 1, "boot-1", "orders", "HotSpot JVM", OptionalLong.empty()))));
    for (int i = 0; i < values.length; i++) {
      long[] all = Sample.noValues();
      all[SampleColumn.RSS.index()] = 100 * MB;
      all[column.index()] = values[i];
      entries.add(new Entry.Sampled(1, Sample.of(START + i * 1000L, all)));
    }
    return SampleRecordings.recording(entries).tracks().getFirst();
  }

  @Test
  void theHeapIsTheMostThatACollectionLeft() {
    assertThat(RunFigures.of(track(SampleColumn.HEAP_FLOOR, 4 * MB, 36 * MB, Sample.UNKNOWN, 9 * MB)))
        .containsEntry(Measure.HEAP, 36.0 * MB);
  }

  @Test
  void beforeTheFirstCollectionItIsNotKnown() {
    assertThat(RunFigures.of(track(SampleColumn.HEAP_FLOOR, 0, 0))).doesNotContainKey(Measure.HEAP);
    assertThat(RunFigures.of(track(SampleColumn.HEAP_USED, 40 * MB))).doesNotContainKey(Measure.HEAP)
        .containsEntry(Measure.PEAK, 100.0 * MB);
  }
}
