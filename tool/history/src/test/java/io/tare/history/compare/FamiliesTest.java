package io.tare.history.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.recording.Entry;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Ending;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Story;
import io.tare.model.history.Story.Family;
import io.tare.model.history.Story.Family.Member;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Several processes weighed as one. */
class FamiliesTest {
  private static final long START = SampleRecordings.START;
  private final List<Entry> entries = new ArrayList<>(List.of(new Entry.Opened(START, "0.1", 1000)));

  private void process(int number, String label) {
    entries.add(new Entry.Target(START, number,
        new RecordedProcess(4710 + number, number, "boot", label, "", OptionalLong.empty())));
  }

  private void sample(int number, int second, long rss, long pss) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = rss;
    values[SampleColumn.PSS.index()] = pss;
    entries.add(new Entry.Sampled(number, Sample.of(START + second * 1000L, values)));
  }

  private void end(int number, int second) {
    entries.add(new Entry.Ended(number, new Ending(START + second * 1000L, Ending.Cause.EXITED, 0, "exited with 0")));
  }

  private Optional<Family> family() {
    return Stories.of(SampleRecordings.recording(entries)).getFirst().family();
  }

  /** 60 and 50 live together; the third comes when the second has gone. */
  @Test
  void theHeaviestMomentCountsThoseThatLivedThenWithWhatWasReadOfThemLast() {
    process(1, "make");
    process(2, "cc");
    process(3, "ld");
    process(4, "true");
    sample(1, 0, 100, 40);
    sample(2, 1, 80, 50);
    sample(1, 2, 120, 60);
    sample(1, 3, 130, Sample.UNKNOWN);
    end(2, 4);
    sample(3, 5, 90, 45);
    assertThat(family()).hasValue(new Family(Instant.ofEpochMilli(START + 2000), 110, 200,
        List.of(new Member(4711, "make", 60), new Member(4712, "cc", 50)), 1));
  }

  @Test
  void atTheMomentInWhichOneEndsAndAnotherBeginsTheyAreNotBothCounted() {
    process(1, "a");
    process(2, "b");
    sample(2, 2, 70, 70);
    sample(1, 0, 50, 50);
    end(1, 2);
    assertThat(family().map(Family::peakBytes)).hasValue(70L);
  }

  @Test
  void oneProcessIsNoFamilyAndUnreadPssIsNotZero() {
    process(1, "a");
    sample(1, 0, 100, 40);
    assertThat(family()).isEmpty();
    process(2, "b");
    sample(2, 1, 100, Sample.UNKNOWN);
    assertThat(family()).isEmpty();
  }

  /** From the first reading to the last; what began anew, or was read once, is not known. */
  @Test
  void wantOfMemoryIsWhatTheCountersGainedWhileItWasRecorded() {
    process(1, "a");
    for (int second = 0; second < 3; second++) {
      long[] values = Sample.noValues();
      values[SampleColumn.RSS.index()] = 100;
      values[SampleColumn.MAJOR_FAULTS.index()] = 7 + 5L * second;
      values[SampleColumn.SWAPPED_IN.index()] = 8192 - 4096L * second;
      if (second == 0) {
        values[SampleColumn.MACHINE_WAIT_NANOS.index()] = 9;
      }
      entries.add(new Entry.Sampled(1, Sample.of(START + second * 1000L, values)));
    }
    assertThat(Stories.of(SampleRecordings.recording(entries)).getFirst().strain())
        .isEqualTo(new Story.Strain(OptionalLong.of(10), OptionalLong.empty(), OptionalLong.empty(),
            OptionalLong.empty()));
  }
}
