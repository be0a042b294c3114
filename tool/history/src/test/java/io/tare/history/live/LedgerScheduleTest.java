package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.LedgerSchedule.LedgerRules;
import io.tare.history.recording.SampleRecordings;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** When a full ledger is due. */
class LedgerScheduleTest {
  private static final long MB = 1 << 20;
  private static final long CHEAP = 1_000_000;
  private static final long DEAR = 500_000_000;
  private final LedgerSchedule schedule = new LedgerSchedule(LedgerRules.USUAL, OptionalLong.of(1000 * MB));
  private long second;

  private List<WeighingReason> run(int seconds, long rss, long cost) {
    List<WeighingReason> taken = new ArrayList<>();
    for (int i = 0; i < seconds; i++) {
      Sample sample = SampleRecordings.sample(SampleRecordings.START + second++ * 1000, rss, -1);
      schedule.due(sample).ifPresent(reason -> {
        taken.add(reason);
        schedule.tried(sample, cost, true);
      });
    }
    return taken;
  }

  @Test
  void theFirstReadingGetsOneThenOneAMinute() {
    assertThat(run(181, 100 * MB, CHEAP)).containsExactly(WeighingReason.BASELINE, WeighingReason.TURN,
        WeighingReason.TURN, WeighingReason.TURN);
  }

  @Test
  void fivePercentMoreGetsOneAtOnce() {
    run(10, 100 * MB, CHEAP);
    assertThat(run(3, 104 * MB, CHEAP)).isEmpty();
    assertThat(run(1, 106 * MB, CHEAP)).containsExactly(WeighingReason.MOVED);
    assertThat(run(5, 106 * MB, CHEAP)).isEmpty();
  }

  @Test
  void aMarkGetsOne() {
    run(5, 100 * MB, CHEAP);
    schedule.marked();
    assertThat(run(3, 100 * MB, CHEAP)).containsExactly(WeighingReason.MARK);
  }

  @Test
  void closeToTheLimitEachStageGetsOneThoughTheBudgetIsSpent() {
    run(1, 100 * MB, 60_000_000_000L);
    assertThat(run(2, 670 * MB, DEAR)).containsExactly(WeighingReason.LIMIT);
    assertThat(run(2, 760 * MB, DEAR)).containsExactly(WeighingReason.LIMIT);
    assertThat(run(2, 910 * MB, DEAR)).containsExactly(WeighingReason.LIMIT);
    assertThat(run(5, 950 * MB, DEAR)).as("each stage once").isEmpty();
  }

  @Test
  void aJumpOverAllStagesGetsOneLedger() {
    assertThat(run(5, 950 * MB, CHEAP)).containsExactly(WeighingReason.LIMIT);
  }

  @Test
  void dearLedgersAreTakenMoreRarelyAndStayWithinTheirBudget() {
    int hours = 4;
    int taken = run(hours * 3600, 100 * MB, DEAR).size();
    double allowed = 2 + hours * 3600 * LedgerRules.USUAL.share();
    assertThat(taken * DEAR / 1e9).isLessThanOrEqualTo(allowed + DEAR / 1e9);
    assertThat(taken).isGreaterThan(hours * 4);
  }

  @Test
  void theFirstOneIsTriedUntilThereIsOne() {
    List<Long> tried = new ArrayList<>();
    for (long now = 0; now < 70; now++) {
      long at = now;
      Sample sample = SampleRecordings.sample(SampleRecordings.START + now * 1000, 100 * MB, -1);
      schedule.due(sample).ifPresent(reason -> {
        assertThat(reason).isEqualTo(at <= 60 ? WeighingReason.BASELINE : WeighingReason.TURN);
        tried.add(at);
        schedule.tried(sample, CHEAP, at == 60);
      });
    }
    assertThat(tried).containsExactly(0L, 10L, 30L, 60L);
  }

  /** Of a JVM, each minute or so, and never evenly; of what has no collections, never. */
  @Test
  void collectionsAreAskedForWhenTheUserAllowsItAtUnevenTimes() {
    LedgerSchedule settling = new LedgerSchedule(LedgerRules.USUAL.settling(Duration.ofSeconds(60)),
        OptionalLong.empty());
    List<Long> seconds = new ArrayList<>();
    for (long now = 0; now < 600; now++) {
      long at = now;
      Sample sample = withCollections(SampleRecordings.START + now * 1000);
      settling.due(sample).ifPresent(reason -> {
        if (reason == WeighingReason.SETTLED) {
          seconds.add(at);
        }
        settling.tried(sample, CHEAP, true);
      });
    }
    assertThat(seconds).containsExactly(31L, 95L, 148L, 219L, 279L, 327L, 394L, 449L, 523L, 585L);
    assertThat(run(600, 100 * MB, CHEAP)).as("without being allowed").doesNotContain(WeighingReason.SETTLED);
  }

  private static Sample withCollections(long at) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 100 * MB;
    values[SampleColumn.GC_RUNS.index()] = 1;
    return Sample.of(at, values);
  }

  @Test
  void aReadingWithoutGrossGetsNone() {
    assertThat(schedule.due(Sample.of(SampleRecordings.START, Sample.noValues()))).isEmpty();
    assertThat(Sample.noValues()[SampleColumn.RSS.index()]).isEqualTo(Sample.UNKNOWN);
  }
}
