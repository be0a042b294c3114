package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.compare.Stories.GcLoads;
import io.tare.history.recording.Entry;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Story;
import io.tare.model.history.Story.AccountChange;
import io.tare.model.history.Story.StoryPhase;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A recording told. */
class StoriesTest {
  private static final long START = SampleRecordings.START;
  private static final int MB = 1 << 20;

  private static Story story(List<Entry> more) {
    List<Entry> entries = new ArrayList<>(
        List.of(new Entry.Opened(START, "0.1", 1000), new Entry.Target(START, 1, SampleRecordings.ORDERS)));
    entries.addAll(more);
    return Stories.of(SampleRecordings.recording(entries)).getFirst();
  }

  private static Entry sample(int second, long rss) {
    return new Entry.Sampled(1, SampleRecordings.sample(START + second * 1000L, rss, -1));
  }

  private static Entry ledger(int second, WeighingReason reason, long heap, long malloc) {
    return new Entry.Weighed(1, SampleRecordings.weighing(START + second * 1000L, reason, heap, malloc));
  }

  private static Entry mark(int second, String label, OptionalLong items) {
    return new Entry.Marked(1, SampleRecordings.mark(START + second * 1000L, label, items));
  }

  private static List<Entry> run() {
    return List.of(sample(0, 60L * MB), ledger(0, WeighingReason.BASELINE, 40L * MB, 10L * MB),
        mark(1, "START", OptionalLong.empty()), sample(2, 60L * MB), ledger(2, WeighingReason.MARK, 40L * MB, 10L * MB),
        sample(3, 250L * MB), mark(5, "AFTER_RUN", OptionalLong.of(1000)), sample(6, 200L * MB),
        ledger(6, WeighingReason.MARK, 150L * MB, 40L * MB), mark(8, "AFTER_GC", OptionalLong.empty()),
        sample(9, 80L * MB), ledger(9, WeighingReason.MARK, 40L * MB, 40L * MB));
  }

  @Test
  void eachPhaseTellsWhatItAddedPerAccount() {
    StoryPhase work = story(run()).phases().get(1);
    assertThat(work.fromLabel() + "-" + work.toLabel()).isEqualTo("START-AFTER_RUN");
    assertThat(work.items()).hasValue(1000);
    assertThat(work.changes()).containsExactly(new AccountChange("heap.used", 40L * MB, 150L * MB),
        new AccountChange("malloc.used", 10L * MB, 40L * MB));
    assertThat(work.grossChangeBytes()).isEqualTo(140L * MB);
    assertThat(work.peakBytes()).isEqualTo(250L * MB);
  }

  @Test
  void thePeakAndWhatCameBackAreTold() {
    Story story = story(run());
    assertThat(story.peakBytes()).isEqualTo(250L * MB);
    assertThat(story.peakLedger().orElseThrow().bytes("heap.used")).isEqualTo(150L * MB);
    assertThat(story.cameBack()).containsExactly(new AccountChange("heap.used", 150L * MB, 40L * MB));
  }

  @Test
  void whatMovedWithoutALedgerIsNotHidden() {
    List<Entry> entries = new ArrayList<>(run());
    entries.add(sample(60, 500L * MB));
    StoryPhase last = story(entries).phases().getLast();
    assertThat(last.grossAfterBytes()).isEqualTo(500L * MB);
    assertThat(last.changes()).as("no ledger since the mark: nothing is said of accounts").isEmpty();
  }

  @Test
  void hundredsOfMarksAreSummedUpByTheirNames() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      entries.add(sample(i, (60L + i) * MB));
      entries.add(mark(i, "AFTER_BATCH_" + i, OptionalLong.of(i * 10L)));
    }
    Story story = story(entries);
    assertThat(story.phases()).hasSize(3);
    assertThat(story.phases().get(1).toLabel()).isEqualTo("AFTER_BATCH_#");
    assertThat(story.phases().get(1).times()).isEqualTo(299);
    assertThat(story.phases().get(1).items()).hasValue(2990);
  }

  @Test
  void withoutMarksThereAreNoPhasesAndWithoutReadingsNothingIsMadeUp() {
    assertThat(story(List.of(sample(0, MB))).phases()).isEmpty();
    Story empty = story(List.of());
    assertThat(empty.readings()).isZero();
    assertThat(empty.baseline()).isEmpty();
  }

  @Test
  void theGradesOfGc() {
    assertThat(GcLoads.grade(0.009)).isEqualTo("excellent");
    assertThat(GcLoads.grade(0.01)).isEqualTo("good");
    assertThat(GcLoads.grade(0.05)).isEqualTo("concerning");
    assertThat(GcLoads.grade(0.11)).isEqualTo("bad");
  }

  @Test
  void aProgramThatMostlyWaitsIsGradedByItsPausesNotByItsLittleProcessorTime() {
    assertThat(GcLoads.between(counters(0, 0, 0, 0, 0), counters(5000, 1, 20, 10, 5)).orElseThrow().grade())
        .as("10 ms of collecting in 5 s").isEqualTo("excellent");
    assertThat(GcLoads.between(counters(0, 0, 0, 0, 0), counters(5000, 1, 4000, 1000, 900)).orElseThrow().grade())
        .as("a quarter of a busy program's time").isEqualTo("bad");
  }

  private static Sample counters(long atMillis, long runs, long processorMillis, long collectorMillis,
      long pausedMillis) {
    long[] values = Sample.noValues();
    values[SampleColumn.GC_RUNS.index()] = runs;
    values[SampleColumn.CPU_NANOS.index()] = processorMillis * 1_000_000;
    values[SampleColumn.GC_CPU_NANOS.index()] = collectorMillis * 1_000_000;
    values[SampleColumn.GC_NANOS.index()] = pausedMillis * 1_000_000;
    return Sample.of(atMillis, values);
  }
}
