package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.history.judge.CurveShapes.LevelChange;
import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.judge.SenSlope.Slope;
import io.tare.history.judge.TrendJudge.Margin;
import io.tare.history.judge.TrendJudge.Trend;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TrendJudgeTest {
  /** One reading every so many seconds, the last one at the end. */
  private static Curve curve(double every, double end, DoubleUnaryOperator level) {
    List<Point> points = new ArrayList<>();
    for (double second = 0; second <= end; second += every) {
      points.add(new Point(Instant.EPOCH.plusMillis((long) (second * 1000)), level.applyAsDouble(second)));
    }
    return Curve.of(points);
  }

  private static Trend judge(double amount, double seconds, Curve curve) {
    return new TrendJudge(new Margin(amount, 0, seconds, 0.35)).judge(curve);
  }

  @Test
  void aLineGrowsByItsSlopeFromItsStartToItsEnd() {
    Trend trend = judge(10, 60, curve(1, 80, second -> 7 + 5 * second));
    assertThat(trend.direction()).isEqualTo(Direction.GROWING);
    assertThat(trend.slope().perSecond()).isEqualTo(5);
    assertThat(trend.fromSecond()).isZero();
    assertThat(trend.first()).isEqualTo(7);
    assertThat(trend.last()).isEqualTo(407);
    assertThat(trend.sawtooth()).isFalse();
    assertThat(trend.step()).isEmpty();
    assertThat(trend.slowing()).isFalse();
    assertThat(trend.needsSeconds()).isEmpty();
  }

  /** An eighth a second for 80 s makes ten exactly. */
  @Test
  void growthBelowTheMarginIsSteadyAndAtTheMarginItCounts() {
    assertThat(judge(10, 60, curve(1, 80, second -> second / 8)).direction()).isEqualTo(Direction.GROWING);
    assertThat(judge(10.01, 60, curve(1, 80, second -> second / 8)).direction()).isEqualTo(Direction.STEADY);
    assertThat(judge(10, 60, curve(1, 80, second -> -second / 8)).direction()).isEqualTo(Direction.FALLING);
    assertThat(judge(10.01, 60, curve(1, 80, second -> -second / 8)).direction()).isEqualTo(Direction.STEADY);
  }

  @Test
  void oneReadingProvesNothingAndWaitsForTheLeastTime() {
    Trend once = judge(10, 300, curve(1, 0, second -> 7));
    assertThat(once.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(once.needsSeconds()).hasValue(300);
    assertThat(once.first()).isEqualTo(7);
    assertThat(once.last()).isEqualTo(7);
    Trend never = judge(10, 300, Curve.of(List.of()));
    assertThat(never.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(never.needsSeconds()).hasValue(300);
  }

  @Test
  void whatIsTooShortSaysHowMuchIsMissingButAsksForAMinuteAtLeast() {
    Trend trend = judge(10, 300, curve(1, 100, second -> 3 + 5 * second));
    assertThat(trend.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(trend.needsSeconds()).hasValue(200);
    assertThat(trend.first()).isEqualTo(3);
    assertThat(trend.last()).isEqualTo(503);
    assertThat(judge(10, 300, curve(1, 280, second -> 5 * second)).needsSeconds()).hasValue(60);
    assertThat(judge(10, 300, curve(1, 300, second -> 5 * second)).direction()).isEqualTo(Direction.GROWING);
  }

  @Test
  void fiveReadingsAreTheLeastThatIsJudged() {
    assertThat(judge(10, 60, curve(20, 80, second -> 5)).direction()).isEqualTo(Direction.STEADY);
    assertThat(judge(10, 60, curve(20, 60, second -> 5)).direction()).isEqualTo(Direction.UNKNOWN);
  }

  @Test
  void aWarmUpIsCutOff() {
    Trend trend = judge(10, 60, curve(1, 400, second -> second < 110 ? 0 : 5 * (second - 110)));
    assertThat(trend.direction()).isEqualTo(Direction.GROWING);
    assertThat(trend.fromSecond()).isBetween(20.0, 120.0);
    assertThat(trend.slope().perSecond()).isCloseTo(5, within(0.5));
  }

  /** Too little time has passed since the step to judge the rest by itself, yet there are two levels and nothing else. */
  @Test
  void oneStepIsNoGrowth() {
    Trend trend = judge(10, 300, curve(4, 400, second -> second < 200 ? 100 : 150));
    assertThat(trend.direction()).isEqualTo(Direction.STEADY);
    assertThat(trend.step()).contains(new LevelChange(200, 50));
    assertThat(trend.fromSecond()).isEqualTo(200);
    assertThat(trend.first()).isEqualTo(150);
    assertThat(trend.last()).isEqualTo(150);
  }

  @Test
  void aStepWithGrowthBesideItLeavesTheAnswerOpen() {
    assertThat(judge(10, 300, curve(1, 400, second -> second < 200 ? 100 : 150 + (second - 200) / 4)).direction())
        .isEqualTo(Direction.UNKNOWN);
    assertThat(judge(10, 300, curve(1, 400, second -> second < 200 ? 100 - second / 4 + 50 : 150)).step())
        .as("a rise to a level that was there before").isEmpty();
  }

  @Test
  void theFloorOfASawtoothIsJudgedInItsPlace() {
    Trend rising = judge(10, 60, curve(1, 200, second -> second + second % 10 * 50));
    assertThat(rising.direction()).isEqualTo(Direction.GROWING);
    assertThat(rising.sawtooth()).isTrue();
    assertThat(rising.slope().perSecond()).isEqualTo(1);
    Trend flat = judge(10, 60, curve(1, 200, second -> 70 + second % 10 * 50));
    assertThat(flat.direction()).isEqualTo(Direction.STEADY);
    assertThat(flat.last()).isEqualTo(70);
  }

  @Test
  void growthThatSlowsDownMayEndByItself() {
    Trend trend = judge(10, 60, curve(1, 200, second -> 1000 * (1 - Math.exp(-second / 40))));
    assertThat(trend.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(trend.slowing()).isTrue();
    assertThat(trend.needsSeconds().orElseThrow()).isGreaterThanOrEqualTo(60);
  }

  /** Two thirds of the way after 150 s: where it will end can be told, and it is no line. */
  @Test
  void aCurveThatFlattensIsSaidToAndWhereItEnds() {
    Curve filling = curve(1, 180, second -> 1000 * (1 - Math.exp(-second / 126)));
    // In truth it ends at 1,000.
    SeriesVerdict verdict = SeriesVerdicts.of("fds", SeriesUnit.COUNT, LeakRole.COUNT, filling,
        LeakOptions.USUAL.resting(Duration.ofSeconds(100)), false);
    assertThat(verdict.direction()).isEqualTo(Direction.UNKNOWN);
    assertThat(verdict.words()).isEqualTo(
        "760 more in 3 min, and it flattens: it seems to end at 997, as a cache that fills does");
    assertThat(judge(10, 60, curve(1, 180, second -> 4 * second)).direction()).isEqualTo(Direction.GROWING);
  }

  /** The printed interval, estimate plus and minus its error, must leave zero out. */
  @Test
  void anIntervalThatReachesAsFarAboveAsTheEstimateItselfProvesNothing() {
    assertThat(new Slope(10, 4, 19.9).isAboveZero()).isTrue();
    assertThat(new Slope(10, 4, 20).isAboveZero()).isFalse();
    assertThat(new Slope(10, 0, 12).isAboveZero()).isFalse();
  }

  /** From 0.43 to 1.96 around 0.85 a second: printed, that is 0.85 ± 1.11. Steeper and steeper is no rate. */
  @Test
  void aRiseWhoseIntervalHoldsZeroAsItIsPrintedDoesNotGrow() {
    double[] steeper = {-8, -2, 5, 11, 11, 22, 30, 45, 75, 96};
    Trend trend = judge(10, 90, curve(10, 90, second -> steeper[(int) second / 10]));
    assertThat(trend.slope().low()).isGreaterThan(0.35 * trend.slope().perSecond());
    assertThat(trend.direction()).isEqualTo(Direction.UNKNOWN);
    double[] even = {-8, 4, 15, 26, 38, 49, 61, 73, 84, 96};
    assertThat(judge(10, 90, curve(10, 90, second -> even[(int) second / 10])).direction())
        .isEqualTo(Direction.GROWING);
  }

  /** From the ledgers themselves, not from the line through them: 1 to 113, not -45. */
  @Test
  void theFirstAndTheLastLevelAreThoseThatWereRead() {
    Trend trend = judge(10, 60, curve(1, 100, second -> 1 + second * second * 0.0112));
    assertThat(trend.first()).isEqualTo(1);
    assertThat(trend.last()).isEqualTo(113);
  }

  private static SeriesVerdict verdict(String id, SeriesUnit unit, Curve curve) {
    return SeriesVerdicts.of(id, unit, LeakRole.COUNT, curve,
        LeakOptions.USUAL.resting(Duration.ofSeconds(60)), false);
  }

  private static SeriesVerdict step(double from, double to) {
    Curve twoLevels = curve(4, 400, second -> second < 200 ? from : to);
    return SeriesVerdicts.of("fds", SeriesUnit.COUNT, LeakRole.COUNT, twoLevels, LeakOptions.USUAL, false);
  }

  @Test
  void forThingsThatAreCountedFourMatterAndFortyOfClasses() {
    Curve five = curve(1, 80, second -> 20 + Math.floor(second / 16));
    assertThat(verdict("threads", SeriesUnit.COUNT, five).direction()).isEqualTo(Direction.GROWING);
    assertThat(verdict("classes", SeriesUnit.COUNT, five).direction()).isEqualTo(Direction.STEADY);
    assertThat(verdict("classes", SeriesUnit.COUNT, curve(1, 80, second -> 20 + second)).direction())
        .isEqualTo(Direction.GROWING);
  }

  @Test
  void whatWasReadNeverOrOnceIsSaid() {
    assertThat(verdict("fds", SeriesUnit.COUNT, Curve.of(List.of())).words())
        .isEqualTo("read never: nothing to compare");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 0, second -> 5)).words())
        .isEqualTo("read once: nothing to compare");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 1, second -> 5)).words())
        .isEqualTo("too little was seen to say where it goes");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 30, second -> 5 + second)).words())
        .isEqualTo("30 more in 30 s, not even enough, or not long enough, to say whether it goes on");
  }

  @Test
  void theVerdictIsPutIntoWords() {
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 80, second -> 7 + 5 * second))).satisfies(verdict -> {
      assertThat(verdict.words()).isEqualTo("grows evenly from 7 to 407 in 80 s");
      assertThat(verdict.perHour().orElseThrow().estimate()).isEqualTo(18_000);
      assertThat(verdict.from()).isEqualTo(Instant.EPOCH);
    });
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 80, second -> 407 - 5 * second)).words())
        .isEqualTo("fell from 407 to 7");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 80, second -> 7)).words()).isEqualTo("steady at 7");
    assertThat(step(100, 150).words())
        .isEqualTo("steady at 150 since it rose by 50 in one step");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 200, second -> 70 + second % 10 * 50)).words())
        .endsWith("at the floor of its sawtooth");
    assertThat(verdict("fds", SeriesUnit.COUNT, curve(1, 200, second -> second + second % 10 * 50)).words())
        .isEqualTo(
            "grows evenly, measured at the floor of a sawtooth, from 10 to 190 in 3 min; the 10 s before are left out");
  }
}
