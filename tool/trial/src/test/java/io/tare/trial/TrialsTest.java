package io.tare.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.model.trial.Measure;
import io.tare.model.trial.TrialReport;
import io.tare.model.trial.TrialReport.Standing.Verdict;
import io.tare.trial.Trials.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialsTest {
  private static final double MB = 1 << 20;

  private static List<Launch> variants(int count) {
    List<Launch> variants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      variants.add(new Launch("V=" + i, List.of("./server"), Map.of(), Optional.empty()));
    }
    return variants;
  }

  private static Run run(int variant, int round, double peak, double seconds) {
    return new Run(variant, round, Map.of(Measure.PEAK, peak, Measure.TIME, seconds), Optional.empty());
  }

  private static TrialReport report(int variants, List<Run> runs) {
    return Trials.report(List.of("./server"), variants(variants), 3, runs, Measure.PEAK, OptionalDouble.empty());
  }

  /** Runs of variants whose true peaks are given, each off by so much as one standard deviation. */
  private static List<Run> noisy(Random random, double deviation, double... peaks) {
    List<Run> runs = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int variant = 0; variant < peaks.length; variant++) {
        runs.add(run(variant, round, peaks[variant] * MB * Math.exp(deviation * random.nextGaussian()),
            Math.exp(deviation * random.nextGaussian())));
      }
    }
    return runs;
  }

  private static Verdict verdict(TrialReport report, int variant) {
    return report.rows().get(variant).figures().get(Measure.PEAK).against().orElseThrow().verdict();
  }

  @Test
  void equalVariantsAreCalledEqualInNineteenOfTwentyTrials() {
    Random random = new Random(4711);
    int equal = 0;
    for (int trial = 0; trial < 1000; trial++) {
      TrialReport report = report(2, noisy(random, 0.05, 200, 200));
      boolean same = report.rows().get(1).figures().values().stream()
          .allMatch(figure -> figure.against().orElseThrow().verdict() == Verdict.SAME);
      equal += same ? 1 : 0;
    }
    assertThat(equal).isBetween(955, 990);
  }

  @Test
  void aPlantedBestOfEightIsFoundAndItsRivalsAreTold() {
    Random random = new Random(4712);
    int found = 0;
    for (int trial = 0; trial < 200; trial++) {
      TrialReport report = report(8, noisy(random, 0.02, 200, 210, 205, 180, 220, 230, 200, 240));
      found += report.best().equals(Optional.of(3)) && report.asGood().isEmpty() && verdict(report, 3) == Verdict.LESS
          ? 1
          : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(180);
  }

  @Test
  void medianSpreadAndRatioAreThoseOfTheRuns() {
    TrialReport report = report(2, List.of(run(0, 0, 100 * MB, 1), run(0, 1, 101 * MB, 1), run(0, 2, 102 * MB, 1),
        run(1, 0, 50 * MB, 1), run(1, 1, 50.5 * MB, 1), run(1, 2, 51 * MB, 1)));
    TrialReport.Figure peak = report.rows().get(1).figures().get(Measure.PEAK);
    assertThat(peak.median()).isEqualTo(50.5 * MB);
    assertThat(peak.lowest()).isEqualTo(50 * MB);
    assertThat(peak.highest()).isEqualTo(51 * MB);
    assertThat(peak.against().orElseThrow().ratio()).isCloseTo(0.5, within(1e-9));
    assertThat(verdict(report, 1)).isEqualTo(Verdict.LESS);
    assertThat(report.best()).contains(1);
    assertThat(report.notes())
        .containsExactly("Runs of the same variant differ in peak by 1.0 % (one standard deviation).");
  }

  /** 5 % lighter, in runs that differ by 1.5 %: as bench/remedies/tries plants it. */
  @Test
  void eightRoundsTellFivePercentFromRunsThatDifferByOneAndAHalf() {
    Random random = new Random(4713);
    int told = 0;
    for (int trial = 0; trial < 200; trial++) {
      List<Run> runs = new ArrayList<>();
      for (int round = 0; round < 8; round++) {
        for (int variant = 0; variant < 8; variant++) {
          runs.add(run(variant, round, (variant == 5 ? 190 : 200) * MB * Math.exp(0.015 * random.nextGaussian()), 1));
        }
      }
      TrialReport report = report(8, runs);
      told += report.best().equals(Optional.of(5)) && report.asGood().isEmpty() ? 1 : 0;
    }
    assertThat(told).isBetween(190, 200);
  }

  /** Runs at 98, 100 and 102 % of each mean: a deviation of 2 %, four degrees of freedom. */
  private static List<Run> spread(double... means) {
    List<Run> runs = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int variant = 0; variant < means.length; variant++) {
        runs.add(run(variant, round, means[variant] * MB * Math.exp(0.02 * (round - 1)), 1));
      }
    }
    return runs;
  }

  @Test
  void whatThreeRoundsCannotTellSaysHowManyWould() {
    // ln(100/95) = 0.0513. 0.02 x sqrt(2/n) x (t(0.9925, 2(n-1)) + 1.282) is 0.0552 in five rounds and 0.0486 in six.
    TrialReport report = report(2, spread(100, 95));
    assertThat(report.asGood()).containsExactly(0);
    assertThat(report.notes())
        .contains("If it differs as it seems to, V=1 is told from all others in about 6 rounds: the "
            + "same command line with --rounds 6 goes on with those that were run.");
    assertThat(report(2, spread(100, 80)).notes()).noneMatch(note -> note.contains("rounds: the same command line"));
  }

  @Test
  void ofSeveralThatAreNotToldTheNearestSaysHowManyRounds() {
    TrialReport report = report(3, spread(100, 95, 97));
    assertThat(report.asGood()).containsExactly(0, 2);
    assertThat(report.notes().getLast()).matches(".*V=1 is told from all others in about \\d\\d rounds: .*");
    assertThat(report(3, spread(100, 95, 95.1)).notes().getLast())
        .contains("V=1 is told from all others but V=2 in about ");
  }

  @Test
  void whatDiffersByNothingIsCalledEqual() {
    assertThat(report(2, spread(100, 100.1)).notes())
        .contains("What can't be told from V=0 differs from it by so little "
            + "that 100 rounds would not tell either: take them as equal.");
    assertThat(report(2, List.of(run(0, 0, 100 * MB, 1), run(1, 0, 99 * MB, 1))).notes())
        .as("noise is not known").noneMatch(note -> note.contains("take them as equal"));
  }

  @Test
  void wherePausesAreNotKnownItSaysHowTheyWouldBe() {
    Map<Measure, Double> collecting = Map.of(Measure.PEAK, 100 * MB, Measure.COLLECTING, 0.5);
    Map<Measure, Double> paused = Map.of(Measure.PEAK, 100 * MB, Measure.COLLECTING, 0.5, Measure.PAUSE, 0.004);
    String note = "How long single pauses were is not known: -Xlog:gc among the JVM's options puts them into its output.";
    assertThat(report(1, List.of(new Run(0, 0, collecting, Optional.empty()))).notes()).contains(note);
    assertThat(report(1, List.of(new Run(0, 0, paused, Optional.empty()))).notes()).doesNotContain(note);
    assertThat(report(1, List.of(run(0, 0, 100 * MB, 1))).notes()).doesNotContain(note);
  }

  @Test
  void pausesOfMillisecondsAreCompared() {
    List<Run> runs = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      runs.add(new Run(0, round, Map.of(Measure.PAUSE, 0.004 + 0.00001 * round), Optional.empty()));
      runs.add(new Run(1, round, Map.of(Measure.PAUSE, 0.002 + 0.00001 * round), Optional.empty()));
    }
    TrialReport report = Trials.report(List.of("x"), variants(2), 3, runs, Measure.PAUSE, OptionalDouble.empty());
    TrialReport.Standing standing = report.rows().get(1).figures().get(Measure.PAUSE).against().orElseThrow();
    assertThat(standing.verdict()).isEqualTo(Verdict.LESS);
    assertThat(standing.ratio()).isCloseTo(0.5, within(0.01));
  }

  @Test
  void oneRunOfEachSaysNothingAboutNoise() {
    TrialReport report = report(2, List.of(run(0, 0, 100 * MB, 1), run(1, 0, 50 * MB, 1)));
    assertThat(verdict(report, 1)).isEqualTo(Verdict.TOO_FEW_RUNS);
    assertThat(report.asGood()).containsExactly(0);
    assertThat(report.notes()).singleElement().asString().contains("--rounds 3");
  }

  @Test
  void aFailedRunCountsForNothingAndTheOthersAreKept() {
    List<Run> runs = new ArrayList<>(noisy(new Random(1), 0.001, 100, 90));
    runs.add(new Run(1, 3, Map.of(Measure.PEAK, 1.0), Optional.of("it ended with code 1")));
    runs.add(new Run(2, 0, Map.of(), Optional.of("./server can't be started")));
    TrialReport report = report(3, runs);
    assertThat(report.rows().get(1).runs()).isEqualTo(3);
    assertThat(report.rows().get(1).figures().get(Measure.PEAK).lowest()).isGreaterThan(80 * MB);
    assertThat(report.rows().get(1).failures()).containsExactly("round 4: it ended with code 1");
    assertThat(report.rows().get(2).ran()).isFalse();
    assertThat(report.rows().get(2).figures()).isEmpty();
    assertThat(report.best()).contains(1);
  }

  @Test
  void theFrontHoldsWhatNobodyBeatsInBothMemoryAndTime() {
    TrialReport report = report(4, List.of(run(0, 0, 100 * MB, 1), run(1, 0, 50 * MB, 3), run(2, 0, 120 * MB, 2),
        run(3, 0, 70 * MB, 2)));
    assertThat(report.rows()).extracting(TrialReport.Row::isOnFront).containsExactly(true, true, false, true);
  }

  @Test
  void underALimitTheBestIsTheBestOfThoseThatStayBelowInEveryRun() {
    List<Run> runs = List.of(run(0, 0, 90 * MB, 1), run(0, 1, 110 * MB, 1), run(1, 0, 95 * MB, 3),
        run(1, 1, 96 * MB, 3));
    TrialReport report = Trials.report(List.of("./server"), variants(2), 2, runs, Measure.TIME,
        OptionalDouble.of(100 * MB));
    assertThat(report.best()).contains(1);
    assertThat(
        Trials.report(List.of("./server"), variants(2), 2, runs, Measure.TIME, OptionalDouble.of(10 * MB)).notes())
        .contains("No variant stays below the limit.");
  }

  @Test
  void moreItemsASecondAreBetter() {
    List<Run> runs = List.of(new Run(0, 0, Map.of(Measure.RATE, 100.0), Optional.empty()),
        new Run(1, 0, Map.of(Measure.RATE, 300.0), Optional.empty()));
    assertThat(Trials.report(List.of("x"), variants(2), 1, runs, Measure.RATE, OptionalDouble.empty()).best())
        .contains(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.975, 12.706", "2, 0.975, 4.303", "3, 0.99, 4.541", "4, 0.995, 4.604", "7, 0.975, 2.365",
      "16, 0.995, 2.921", "30, 0.95, 1.697"})
  void studentsQuantilesAreThoseOfTheTables(int freedom, double part, double value) {
    assertThat(Comparison.StudentT.quantile(part, freedom)).isCloseTo(value, within(0.0006));
  }

  /** Runs of one variant that differ by a millionth tell anything apart. */
  @Test
  void whatDiffersByLessThanAPercentIsCalledTheSame() {
    TrialReport report = report(4, List.of(run(0, 0, 100 * MB, 1), run(0, 1, 100.0001 * MB, 1),
        run(1, 0, 100.9 * MB, 1), run(1, 1, 100.9001 * MB, 1), run(2, 0, 101.1 * MB, 1), run(2, 1, 101.1001 * MB, 1),
        run(3, 0, 98.9 * MB, 1), run(3, 1, 98.9001 * MB, 1)));
    assertThat(verdict(report, 1)).isEqualTo(Verdict.SAME);
    assertThat(verdict(report, 2)).isEqualTo(Verdict.MORE);
    assertThat(verdict(report, 3)).isEqualTo(Verdict.LESS);
  }

  @Test
  void everyOtherRoundGoesBackwardsAndEachTwoBeginElsewhere() {
    assertThat(Turns.of(3, 4)).extracting(Turns.Turn::round).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3);
    assertThat(Turns.of(3, 4)).extracting(Turns.Turn::variant).containsExactly(0, 1, 2, 2, 1, 0, 2, 0, 1, 1, 0, 2);
  }
}
