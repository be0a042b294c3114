package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.history.judge.CurveShapes.EvenRise;
import io.tare.history.judge.CurveShapes.Flattening;
import io.tare.history.judge.CurveShapes.LevelChange;
import io.tare.history.judge.CurveShapes.SawtoothFloor;
import io.tare.history.judge.TrendJudge.Margin;
import io.tare.model.history.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurveShapesTest {
  private static final Margin SMALL = new Margin(0.5, 0, 0, 0.35);

  /** A reading each second. */
  private static Curve curve(double... values) {
    return at(IntStream.range(0, values.length).asDoubleStream().toArray(), values);
  }

  private static Curve at(double[] seconds, double[] values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Point(Instant.EPOCH.plusMillis((long) (seconds[i] * 1000)), values[i]));
    }
    return Curve.of(points);
  }

  private static boolean risesEvenly(double... values) {
    return EvenRise.of(curve(values)).risesEvenly();
  }

  private static boolean slowsDown(double... values) {
    return EvenRise.of(curve(values)).slowsDown();
  }

  @Test
  void aLineRisesEvenlyFromFourReadingsOn() {
    assertThat(risesEvenly(0, 1, 2, 3)).isTrue();
    assertThat(risesEvenly(0, 1, 2)).isFalse();
    assertThat(risesEvenly(3, 2, 1, 0)).isFalse();
    assertThat(risesEvenly(1, 1, 1, 1)).isFalse();
  }

  @Test
  void moreThanHalfOfARiseAtOnceIsNoEvenRise() {
    assertThat(risesEvenly(0, 1, 2, 7.4, 9, 10)).isTrue();
    assertThat(risesEvenly(0, 1, 2, 7.6, 9, 10)).isFalse();
  }

  /** Of three stretches each has a third of the rise to bring: two and a half times as much is too much. */
  @Test
  void ofFewStretchesEachMayBringMore() {
    assertThat(risesEvenly(0, 0.9, 8.9, 10)).isTrue();
    assertThat(risesEvenly(0, 0.4, 8.9, 10)).isFalse();
  }

  @Test
  void aLongStretchMayBringWhatItsTimeIsWorth() {
    assertThat(EvenRise.of(at(new double[] {0, 1, 2, 10}, new double[] {0, 1, 2, 10})).risesEvenly()).isTrue();
    assertThat(EvenRise.of(at(new double[] {0, 1, 2, 10}, new double[] {0, 4, 8, 10})).risesEvenly()).isFalse();
  }

  @Test
  void oneFlatStretchOfFiveIsForgivenTwoAreNot() {
    assertThat(risesEvenly(0, 2, 4, 4, 7, 10)).isTrue();
    assertThat(risesEvenly(0, 2, 4, 4.1, 7, 10)).isTrue();
    assertThat(risesEvenly(0, 4, 4.1, 4.2, 7, 10)).isFalse();
    assertThat(risesEvenly(0, 4, 4.3, 4.6, 7, 10)).isTrue();
    assertThat(risesEvenly(0, 3, 3, 6, 10)).isFalse();
  }

  @Test
  void aRiseThatStopsBeforeTheEndIsOver() {
    assertThat(risesEvenly(0, 2.4, 4.8, 7.2, 9.5, 10)).isFalse();
    assertThat(risesEvenly(0, 2.4, 4.8, 7.2, 9.3, 10)).isTrue();
  }

  /** Of many readings stretches are judged by their medians: single outliers don't count. */
  @Test
  void outliersDoNotBreakARise() {
    double[] values = IntStream.range(0, 60).mapToDouble(i -> i % 10 == 5 ? 1000 : i).toArray();
    assertThat(risesEvenly(values)).isTrue();
  }

  @Test
  void growthThatKeepsSixTenthsOfItsPaceDoesNotSlowDown() {
    assertThat(slowsDown(0, 5, 10, 15, 20)).isFalse();
    assertThat(slowsDown(0, 5, 10, 13.1, 16.2)).isFalse();
    assertThat(slowsDown(0, 5, 10, 12.9, 15.8)).isTrue();
    assertThat(slowsDown(0, 6, 10, 11, 12)).isTrue();
    assertThat(slowsDown(10, 5, 0, -5, -10)).isFalse();
    assertThat(slowsDown(0, 9)).isFalse();
    assertThat(slowsDown(5, 5, 5, 5, 5)).isFalse();
  }

  /** The levels of both halves and the slopes of both halves have to agree. */
  @Test
  void oneOddReadingIsNoSlowingDown() {
    assertThat(slowsDown(0, 1, 10, 11, 12)).as("by levels only").isFalse();
    assertThat(slowsDown(0, 8, 2, 2.5, 4)).as("by slopes only").isFalse();
  }

  @Test
  void boundedIsWhatDoesNotPassInItsLastThirdWhatWasSeenBefore() {
    EvenRise rise = EvenRise.of(curve(1, 5, 3, 2, 4, 6));
    assertThat(rise.isBounded(1)).isTrue();
    assertThat(rise.isBounded(0.9)).isFalse();
    assertThat(EvenRise.of(curve(1, 2, 3, 9, 4, 3)).isBounded(0)).isTrue();
    assertThat(EvenRise.of(curve(1, 2)).isBounded(1)).isTrue();
    assertThat(EvenRise.of(curve(1, 2)).isBounded(0.5)).isFalse();
  }

  @Test
  void aStepIsFoundWhereItIs() {
    assertThat(LevelChange.in(curve(1, 1, 1, 1, 5, 5, 5, 5))).contains(new LevelChange(4, 4));
    assertThat(LevelChange.in(curve(9, 9, 2, 2, 2, 2, 2, 2))).contains(new LevelChange(2, -7));
    assertThat(LevelChange.in(curve(1, 1, 1, 1, 1, 1, 4, 4))).contains(new LevelChange(6, 3));
    assertThat(LevelChange.in(curve(1, 2, 1, 2, 1, 8, 9, 8, 9, 8))).contains(new LevelChange(5, 7));
  }

  @Test
  void whatALineExplainsNearlyAsWellIsNoStep() {
    assertThat(LevelChange.in(curve(1, 2, 3, 4, 5, 6, 7, 8))).isEmpty();
    assertThat(LevelChange.in(curve(3, 3, 3, 3, 3, 3, 3, 3))).isEmpty();
    assertThat(LevelChange.in(curve(1, 1, 1, 1, 1, 1, 1, 9))).as("one reading").isEmpty();
    assertThat(LevelChange.in(curve(1, 1, 1, 1, 5, 5, 5))).as("seven readings").isEmpty();
  }

  /** Ends at 1,000, and has come from 500; {@code noise} above and below it by turns. */
  private static Curve filling(int readings, double scale, double noise) {
    return curve(IntStream.range(0, readings)
        .mapToDouble(i -> 1000 - 500 * Math.exp(-i / (scale * (readings - 1))) + (i % 2 == 0 ? noise : -noise))
        .toArray());
  }

  @Test
  void whatFillsIsSeenToEndWhereItWill() {
    Flattening found = Flattening.of(filling(61, 0.3, 0)).orElseThrow();
    assertThat(found.bound()).isCloseTo(1000, within(1e-6));
    assertThat(found.scaleSeconds()).isCloseTo(18, within(1e-9));
    assertThat(Flattening.of(filling(61, 1, 0)).orElseThrow().bound()).as("hardly bent").isCloseTo(1000, within(1e-6));
  }

  @Test
  void whatALineExplainsNearlyAsWellDoesNotFlatten() {
    assertThat(Flattening.of(filling(61, 1, 5))).isPresent();
    assertThat(Flattening.of(filling(61, 1, 60))).isEmpty();
    assertThat(Flattening.of(curve(IntStream.range(0, 61).mapToDouble(i -> 3 * i + i % 2).toArray()))).isEmpty();
  }

  /** Steeper and steeper, or down to a bound: neither ends a rise. */
  @Test
  void onlyARiseThatSlowsDownFlattens() {
    assertThat(Flattening.of(curve(IntStream.range(0, 61).mapToDouble(i -> Math.exp(i / 20.0)).toArray()))).isEmpty();
    assertThat(Flattening.of(curve(IntStream.range(0, 61).mapToDouble(i -> Math.exp(-i / 20.0)).toArray()))).isEmpty();
    assertThat(Flattening.of(filling(12, 0.3, 0))).isPresent();
    assertThat(Flattening.of(filling(11, 0.3, 0))).as("too few readings").isEmpty();
  }

  private static Curve teeth(int readings, double floorPerReading) {
    return curve(IntStream.range(0, readings).mapToDouble(i -> i * floorPerReading + i % 4).toArray());
  }

  @Test
  void theFloorOfASawtoothIsItsValleys() {
    Curve floor = SawtoothFloor.bottoms(teeth(24, 0.01), SMALL).orElseThrow();
    assertThat(IntStream.range(0, floor.size()).mapToDouble(floor::second).toArray()).containsExactly(4, 8, 12, 16, 20);
    assertThat(new double[] {floor.value(0), floor.value(4)}).containsExactly(0.04, 0.20);
  }

  @Test
  void fourValleysAreTooFew() {
    assertThat(SawtoothFloor.bottoms(teeth(20, 0), SMALL)).isEmpty();
    assertThat(SawtoothFloor.bottoms(teeth(21, 0), SMALL)).as("the fifth does not rise again").isEmpty();
    assertThat(SawtoothFloor.bottoms(teeth(22, 0), SMALL)).isPresent();
  }

  @Test
  void teethThatDoNotMatterAreNone() {
    assertThat(SawtoothFloor.bottoms(teeth(24, 0), new Margin(0.89, 0, 0, 0.35))).isPresent();
    assertThat(SawtoothFloor.bottoms(teeth(24, 0), new Margin(0.91, 0, 0, 0.35))).isEmpty();
    assertThat(SawtoothFloor.bottoms(curve(new double[30]), SMALL)).isEmpty();
  }

  /** A valley is its lowest reading, and a dip that is less than a third of the range is none. */
  @Test
  void smallDipsAreNoValleys() {
    double[] values = new double[40];
    for (int i = 0; i < values.length; i++) {
      values[i] = new double[] {10, 9, 10, 3, 1, 2, 1.5, 10}[i % 8];
    }
    Curve floor = SawtoothFloor.bottoms(curve(values), SMALL).orElseThrow();
    assertThat(IntStream.range(0, floor.size()).mapToDouble(floor::second).toArray()).containsExactly(4, 12, 20, 28,
        36);
    assertThat(IntStream.range(0, floor.size()).mapToDouble(floor::value).toArray()).containsOnly(1);
  }

  /** Five valleys in fewer readings than four each are noise. */
  @Test
  void aZigzagOfNineteenReadingsIsNoSawtooth() {
    double[] zigzag = IntStream.range(0, 19).mapToDouble(i -> i % 2 * 3).toArray();
    assertThat(SawtoothFloor.bottoms(curve(zigzag), SMALL)).isEmpty();
    assertThat(SawtoothFloor.bottoms(curve(IntStream.range(0, 20).mapToDouble(i -> i % 2 * 3).toArray()), SMALL))
        .isPresent();
  }

  @Test
  void aMarginIsAnAmountOrAShareOfTheLevelWhicheverIsMore() {
    Margin margin = new Margin(10, 0.1, 60, 0.35);
    assertThat(margin.at(50)).isEqualTo(10);
    assertThat(margin.at(200)).isEqualTo(20);
    assertThat(margin.at(-200)).isEqualTo(20);
  }
}
