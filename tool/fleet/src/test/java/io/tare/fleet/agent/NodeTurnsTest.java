package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.LedgerTurns;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** One budget for a node: what is paid, whose turn it is. Time and costs are played. */
class NodeTurnsTest {
  private static final long MB = 1 << 20;

  private long nowMillis;
  private double usedMillis;
  private final NodeBudget budget = new NodeBudget(0.005, () -> (long) usedMillis, () -> nowMillis * 1_000_000);
  private final NodeTurns turns = new NodeTurns(60_000, () -> nowMillis);

  private static RecordedProcess process(long pid, OptionalLong limit) {
    return new RecordedProcess(pid, pid, "boot", "p" + pid, "", limit);
  }

  private Sample sample(long rss) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = rss;
    return Sample.of(nowMillis, values);
  }

  /** Plays rounds of ten seconds; the moments of each process's ledgers. */
  private List<List<Long>> play(int processes, double costMillis, long forMillis) {
    List<LedgerTurns> all = new ArrayList<>();
    List<List<Long>> taken = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      all.add(turns.of(process(i, OptionalLong.empty())));
      taken.add(new ArrayList<>());
    }
    for (long end = nowMillis + forMillis; nowMillis < end; nowMillis += 10_000) {
      turns.grant(budget.availableMillis());
      for (int i = 0; i < processes; i++) {
        if (all.get(i).due(sample(100 * MB)).isPresent()) {
          taken.get(i).add(nowMillis);
          usedMillis += costMillis;
          all.get(i).tried(sample(100 * MB), (long) (costMillis * 1e6), true);
        }
      }
    }
    return taken;
  }

  @Test
  void whereTheBudgetPaysEachHasALedgerAMinute() {
    List<List<Long>> taken = play(10, 10, 3_600_000);
    assertThat(taken).allSatisfy(moments -> assertThat(moments).hasSize(60));
  }

  @Test
  void whereItDoesNotTheyComeInTurnAndNoneIsForgotten() {
    List<List<Long>> taken = play(50, 45, 3_600_000);
    long ledgers = taken.stream().mapToLong(List::size).sum();
    // Half a percent of an hour are 18 s, and three are given at the beginning: about 465 ledgers of 45 ms.
    assertThat(ledgers).isBetween(463L, 467L);
    assertThat(taken).allSatisfy(moments -> assertThat(moments).hasSizeBetween(9, 10));
    assertThat(turns.longestWait()).as("in turns of a minute").isBetween(5.0, 8.0);
  }

  /** A machine so loaded that one round of readings costs nearly all that a minute brings. */
  @Test
  void howeverDearReadingsAreMoreThanHalfOfTheBudgetIsForLedgersAndAllHaveAsMany() {
    Pace readings = new Pace(15_000, 0.005 * 0.3);
    Pace looking = new Pace(10_000, 0.005 * 0.15);
    List<LedgerTurns> all = new ArrayList<>();
    int[] taken = new int[50];
    for (int i = 0; i < taken.length; i++) {
      all.add(turns.of(process(i, OptionalLong.empty())));
    }
    double forLedgers = 0;
    long nextLook = 0;
    long nextRound = 0;
    long firstOfAll = 0;
    for (; nowMillis < 4 * 3_600_000; nowMillis += 1000) {
      if (nowMillis >= nextLook) {
        usedMillis += 60;
        looking.cost(60);
        nextLook = nowMillis + looking.millis();
      }
      if (nowMillis >= nextRound) {
        turns.grant(budget.availableMillis());
        for (int i = 0; i < taken.length; i++) {
          if (all.get(i).due(sample(100 * MB)).isPresent()) {
            taken[i]++;
            usedMillis += 60;
            forLedgers += 60;
            all.get(i).tried(sample(100 * MB), 60_000_000, true);
          }
        }
        usedMillis += 250;
        readings.cost(250);
        var _ = budget.availableMillis();
        nextRound = nowMillis + readings.millis();
        if (firstOfAll == 0 && Arrays.stream(taken).min().orElse(0) > 0) {
          firstOfAll = nowMillis;
        }
      }
    }
    assertThat(usedMillis).as("half a percent, and what is given at the beginning").isBetween(74_000.0, 75_300.0);
    assertThat(forLedgers / usedMillis).isGreaterThan(0.5);
    assertThat(Arrays.stream(taken).summaryStatistics().getMax() - Arrays.stream(taken).min().orElse(0))
        .as("none has two more than another").isLessThanOrEqualTo(1);
    assertThat(firstOfAll).as("the last first ledger, a quarter of an hour after the start").isLessThan(900_000);
    assertThat(readings.millis()).isEqualTo(166_667);
    assertThat(looking.millis()).isEqualTo(80_000);
  }

  @Test
  void whatIsCheapComesAsOftenAsAskedForAndNothingWaitsWithoutEnd() {
    Pace pace = new Pace(15_000, 0.0015);
    assertThat(pace.millis()).isEqualTo(15_000);
    for (int i = 0; i < 20; i++) {
      pace.cost(12);
    }
    assertThat(pace.millis()).isEqualTo(15_000);
    for (int i = 0; i < 30; i++) {
      pace.cost(45);
    }
    assertThat(pace.millis()).isEqualTo(30_000);
    pace.cost(1e6);
    assertThat(pace.millis()).isEqualTo(600_000);
    pace.cost(30);
    assertThat(pace.millis()).as("cheap again, at once").isEqualTo(20_000);
  }

  @Test
  void whatRunsForTheFirstTimeIsDearAndTellsNothingOfTheNext() {
    Pace pace = new Pace(15_000, 0.0015);
    for (double millis : List.of(400.0, 200.0, 100.0)) {
      pace.cost(millis);
    }
    assertThat(pace.millis()).isEqualTo(15_000);
    pace.cost(90);
    assertThat(pace.millis()).as("half of it, for it may be by chance").isEqualTo(30_000);
  }

  @Test
  void aDearProcessWaitsAsLongAsAllAndCostsTheOthersNoMore() {
    play(5, 2_000, 3_600_000);
    assertThat(usedMillis).isBetween(20_000.0, 23_000.0);
  }

  @Test
  void closeToTheLimitALedgerComesAtOnceWhateverIsOwed() {
    usedMillis += 100_000;
    LedgerTurns turn = turns.of(process(1, OptionalLong.of(100 * MB)));
    turn.tried(sample(10 * MB), 1, true);
    nowMillis += 1000;
    turns.grant(budget.availableMillis());
    assertThat(turn.due(sample(50 * MB))).isEmpty();
    assertThat(turn.due(sample(67 * MB))).contains(WeighingReason.LIMIT);
    turn.tried(sample(67 * MB), 1, true);
    assertThat(turn.due(sample(68 * MB))).as("each stage once").isEmpty();
    assertThat(turn.due(sample(91 * MB))).contains(WeighingReason.LIMIT);
  }

  @Test
  void whatMovedComesBeforeWhatDidNotAndSoonerThanAMinute() {
    LedgerTurns calm = turns.of(process(1, OptionalLong.empty()));
    LedgerTurns moved = turns.of(process(2, OptionalLong.empty()));
    for (LedgerTurns one : List.of(calm, moved)) {
      one.tried(sample(100 * MB), 45_000_000, true);
    }
    nowMillis += 10_000;
    turns.grant(1);
    moved.due(sample(120 * MB));
    calm.due(sample(101 * MB));
    nowMillis += 10_000;
    turns.grant(1);
    assertThat(calm.due(sample(101 * MB))).isEmpty();
    assertThat(moved.due(sample(120 * MB))).contains(WeighingReason.MOVED);
  }

  @Test
  void whatMayNotBeReadIsTriedMoreAndMoreRarely() {
    LedgerTurns refused = turns.of(process(1, OptionalLong.empty()));
    List<Long> tried = new ArrayList<>();
    for (; nowMillis < 7_200_000; nowMillis += 10_000) {
      turns.grant(1000);
      Optional<WeighingReason> due = refused.due(sample(MB));
      if (due.isPresent()) {
        tried.add(nowMillis / 1000);
        refused.tried(sample(MB), 1, false);
      }
    }
    assertThat(tried).containsExactly(0L, 20L, 60L, 140L, 300L, 620L, 1260L, 2540L, 5100L);
  }

  @Test
  void whatIsSavedHasAnEndAndWhatIsOwedIsPaidFirst() {
    assertThat(budget.availableMillis()).isEqualTo(NodeBudget.GIVEN_ONCE_MILLIS);
    usedMillis += 3_000;
    nowMillis += 24 * 3_600_000L;
    assertThat(budget.availableMillis()).as("what was spent meanwhile is spent of it").isZero();
    nowMillis += 24 * 3_600_000L;
    assertThat(budget.availableMillis()).isEqualTo(NodeBudget.MOST_SAVED_MILLIS);
    usedMillis += 3_000;
    assertThat(budget.availableMillis()).isEqualTo(-2_000);
    nowMillis += 399_000;
    assertThat(budget.availableMillis()).isCloseTo(-5, org.assertj.core.data.Offset.offset(0.001));
    nowMillis += 2_000;
    assertThat(budget.availableMillis()).isCloseTo(5, org.assertj.core.data.Offset.offset(0.001));
  }
}
