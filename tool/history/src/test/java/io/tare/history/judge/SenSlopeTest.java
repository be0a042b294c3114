package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.history.judge.SenSlope.LineFit;
import io.tare.history.judge.SenSlope.Slope;
import io.tare.model.history.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SenSlopeTest {
  private static Curve track(int size, DoubleUnaryOperator level) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      points.add(new Point(Instant.ofEpochSecond(1000 + 2L * i), level.applyAsDouble(2.0 * i)));
    }
    return Curve.of(points);
  }

  @Test
  void theSlopeOfALineIsExactAndSoIsItsInterval() {
    Slope slope = SenSlope.of(track(50, second -> 7 + 3 * second));
    assertThat(slope.perSecond()).isEqualTo(3);
    assertThat(slope.low()).isEqualTo(3);
    assertThat(slope.high()).isEqualTo(3);
  }

  @Test
  void aThirdOfOutliersDoesNotMoveIt() {
    Slope slope = SenSlope.of(track(90, second -> second % 6 == 0 ? 1e6 : 3 * second));
    assertThat(slope.perSecond()).isBetween(2.5, 3.5);
  }

  /** Ranks alone would need an unbroken rise of nine. */
  @Test
  void fewReadingsBesideALineBoundItByHowFarTheyLieFromIt() {
    Curve nine = track(9, second -> 3 * second + (second % 4 == 0 ? 1 : -1));
    assertThat(SenSlope.of(nine).low()).isBetween(2.0, 3.0);
    assertThat(SenSlope.of(nine).high()).isBetween(3.0, 4.0);
    assertThat(SenSlope.byRank(nine).low()).isLessThan(SenSlope.of(nine).low());
  }

  /** Fourteen independent readings at a time: once in a thousand the truth may lie outside. */
  @Test
  void theIntervalOfFewReadingsHoldsTheTruth() {
    Random random = new Random(7);
    int missed = 0;
    for (int run = 0; run < 4000; run++) {
      Slope slope = SenSlope.of(track(14, second -> 0.02 * second + random.nextGaussian()));
      missed += slope.low() > 0.02 || slope.high() < 0.02 ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(16);
  }

  @Test
  void threeReadingsProveNothing() {
    assertThat(SenSlope.of(track(3, second -> second)).isBounded()).isFalse();
  }

  /** The interval is meant to miss the truth once in a thousand; readings that hang together must not make it narrower. */
  @Test
  void theIntervalHoldsTheTruthAlsoForReadingsThatHangTogether() {
    long seed = Long.getLong("seed", 42);
    System.out.println("seed=" + seed);
    Random random = new Random(seed);
    int missed = 0;
    for (int run = 0; run < 400; run++) {
      double[] state = {random.nextGaussian()};
      double keep = 0.9 * random.nextDouble();
      Slope slope = SenSlope.of(track(80, second -> {
        state[0] = keep * state[0] + Math.sqrt(1 - keep * keep) * random.nextGaussian();
        return 0.02 * second + state[0];
      }));
      missed += slope.low() > 0.02 || slope.high() < 0.02 ? 1 : 0;
    }
    assertThat(missed).isLessThanOrEqualTo(8);
  }

  /** Against the definition, written down as plainly as possible. */
  @Test
  void theSlopeIsTheMedianOfAllPairs() {
    Random random = new Random(7);
    for (int run = 0; run < 50; run++) {
      double[] values = random.doubles(9).toArray();
      double[] all = new double[36];
      int count = 0;
      for (int i = 0; i < 9; i++) {
        for (int j = i + 1; j < 9; j++) {
          all[count++] = (values[j] - values[i]) / (2.0 * (j - i));
        }
      }
      Arrays.sort(all);
      assertThat(SenSlope.of(track(9, second -> values[(int) (second / 2)])).perSecond())
          .isEqualTo((all[17] + all[18]) / 2);
    }
  }

  /** Slopes of all pairs, smallest first. */
  private static double[] slopes(double[] values) {
    double[] slopes = new double[values.length * (values.length - 1) / 2];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        slopes[count++] = (values[j] - values[i]) / (2.0 * (j - i));
      }
    }
    Arrays.sort(slopes);
    return slopes;
  }

  /** The variance of Kendall's S by its formula, and what readings that hang together add to it. */
  private static double[] interval(double[] values, double[] tieSizes) {
    double n = values.length;
    double[] slopes = slopes(values);
    double slope = (slopes[slopes.length / 2] + slopes[(slopes.length - 1) / 2]) / 2;
    double variance = n * (n - 1) * (2 * n + 5) / 18;
    for (double tie : tieSizes) {
      variance -= tie * (tie - 1) * (2 * tie + 5) / 18;
    }
    double[] rest = new double[values.length];
    Arrays.setAll(rest, i -> values[i] - slope * 2 * i);
    double mean = Arrays.stream(rest).sum() / n;
    double alone = Arrays.stream(rest).map(one -> (one - mean) * (one - mean)).sum();
    double together = 0;
    for (int i = 1; i < rest.length; i++) {
      together += (rest[i] - mean) * (rest[i - 1] - mean);
    }
    double correlation = alone == 0 ? 0 : Math.clamp((n * together / alone + 1) / (n - 4), 0, 0.97);
    double inflation = Math.clamp((1 + correlation) / (1 - correlation), 1, Math.max(1, n / 8));
    double width = 3.29 * Math.sqrt(variance * inflation);
    int low = (int) Math.floor((slopes.length - width) / 2);
    int high = (int) Math.ceil((slopes.length + width) / 2);
    return new double[] {low < 0 ? Double.NEGATIVE_INFINITY : slopes[low],
        high >= slopes.length ? Double.POSITIVE_INFINITY : slopes[high]};
  }

  @Test
  void theIntervalIsTheOneOfKendallsStatistic() {
    Random random = new Random(5);
    for (int size : new int[] {8, 9, 12, 20, 40, 64}) {
      for (int run = 0; run < 20; run++) {
        double keep = run % 4 * 0.3;
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          values[i] = (i == 0 ? 0 : keep * values[i - 1]) + random.nextGaussian();
        }
        Slope slope = SenSlope.byRank(track(size, second -> values[(int) (second / 2)]));
        double[] expected = interval(values, new double[0]);
        assertThat(slope.low()).as("size %d, run %d", size, run).isEqualTo(expected[0]);
        assertThat(slope.high()).isEqualTo(expected[1]);
      }
    }
  }

  /** Twenty readings of five values each: three ties of four, one of eight. */
  @Test
  void readingsThatAreTheSameNarrowIt() {
    double[] values = {1, 2, 1, 3, 1, 2, 4, 1, 2, 4, 3, 4, 4, 2, 3, 4, 4, 3, 4, 4};
    Slope slope = SenSlope.byRank(track(20, second -> values[(int) (second / 2)]));
    double[] expected = interval(values, new double[] {4, 4, 4, 8});
    assertThat(slope.low()).isEqualTo(expected[0]);
    assertThat(slope.high()).isEqualTo(expected[1]);
  }

  @Test
  void sixReadingsProveARiseOnlyIfItIsUnbroken() {
    assertThat(SenSlope.of(track(6, second -> second * second + second))).satisfies(slope -> {
      assertThat(slope.isBounded()).isTrue();
      assertThat(slope.low()).isEqualTo(3);
      assertThat(slope.high()).isEqualTo(19);
    });
    assertThat(SenSlope.of(track(6, second -> -second * second - second))).satisfies(slope -> {
      assertThat(slope.low()).isEqualTo(-19);
      assertThat(slope.high()).isEqualTo(-3);
    });
    assertThat(SenSlope.of(track(6, second -> second == 6 ? 0 : second)).isBounded()).isFalse();
    assertThat(SenSlope.of(track(6, second -> 1)).isBounded()).isFalse();
    assertThat(SenSlope.of(track(5, second -> second)).isBounded()).isFalse();
    assertThat(SenSlope.of(track(5, second -> second)).perSecond()).isEqualTo(1);
    assertThat(SenSlope.of(track(7, second -> second)).isBounded()).isTrue();
  }

  @Test
  void oneReadingHasNoSlope() {
    assertThat(SenSlope.of(track(1, second -> 7)).perSecond()).isZero();
    assertThat(SenSlope.of(track(1, second -> 7)).isBounded()).isFalse();
    assertThat(SenSlope.slopeOf(track(1, second -> 7))).isZero();
    assertThat(SenSlope.slopeOf(track(3, second -> 7 * second))).isEqualTo(7);
    Curve oneMoment = Curve.of(List.of(new Point(Instant.EPOCH, 1), new Point(Instant.EPOCH, 2)));
    assertThat(SenSlope.slopeOf(oneMoment)).as("a rise in no time").isZero();
  }

  @Test
  void anIntervalWithOneOpenEndIsNoBound() {
    assertThat(new Slope(1, 0, 2).isBounded()).isTrue();
    assertThat(new Slope(1, Double.NEGATIVE_INFINITY, 2).isBounded()).isFalse();
    assertThat(new Slope(1, 0, Double.POSITIVE_INFINITY).isBounded()).isFalse();
  }

  /** As tables of Student's distribution have it: two-sided, 99.9 %. */
  @Test
  void studentsFactorIsThatOfTheTables() {
    assertThat(SenSlope.student(10)).isCloseTo(4.587, within(0.02));
    assertThat(SenSlope.student(20)).isCloseTo(3.850, within(0.003));
    assertThat(SenSlope.student(30)).isCloseTo(3.646, within(0.003));
    assertThat(SenSlope.student(120)).isCloseTo(3.373, within(0.003));
    assertThat(SenSlope.student(0)).as("never of less than two").isEqualTo(SenSlope.student(2));
  }

  /** By hand: levels 1, 3, 2, 6 at 0, 2, 4, 6 s have a mean of 3 at 3 s; 14 of 20 along the times, so 0.7 a second. */
  @Test
  void theLineOfLeastSquaresIsTheOneOfTheBooks() {
    double[] values = {1, 3, 2, 6};
    LineFit line = LineFit.of(track(4, second -> values[(int) (second / 2)]));
    assertThat(line.size()).isEqualTo(4);
    assertThat(line.slope()).isCloseTo(0.7, within(1e-12));
    assertThat(line.left()).isCloseTo(14 - 0.7 * 14, within(1e-12));
    assertThat(line.slopeError()).isCloseTo(Math.sqrt((14 - 0.7 * 14) / 2 / 20), within(1e-12));
  }

  @Test
  void aLineThroughTwoReadingsOrOneMomentSaysNothingOfItsError() {
    assertThat(LineFit.of(track(2, second -> second)).slopeError()).isInfinite();
    assertThat(LineFit.of(track(2, second -> second)).slope()).isEqualTo(1);
    assertThat(LineFit.of(track(3, second -> second)).slopeError()).isZero();
    Curve oneMoment = Curve.of(List.of(new Point(Instant.EPOCH, 1), new Point(Instant.EPOCH, 2),
        new Point(Instant.EPOCH, 6)));
    assertThat(LineFit.of(oneMoment).slope()).isZero();
    assertThat(LineFit.of(oneMoment).left()).isCloseTo(14, within(1e-12));
    assertThat(LineFit.of(oneMoment).slopeError()).isInfinite();
  }

  /** Between eight and forty readings the line's error counts, where it is smaller than what the ranks say. */
  @Test
  void theLineNarrowsTheIntervalByItsErrorTimesStudentsFactor() {
    double[] values = {0, 9, 12, 30, 33, 42, 61, 63, 80, 81};
    Curve ten = track(10, second -> values[(int) (second / 2)]);
    Slope byRank = SenSlope.byRank(ten);
    LineFit line = LineFit.of(ten);
    double error = line.slopeError() * SenSlope.student(8);
    Slope slope = SenSlope.of(ten);
    assertThat(slope.perSecond()).isEqualTo(byRank.perSecond());
    assertThat(slope.low())
        .isCloseTo(Math.max(byRank.low(), Math.min(line.slope(), byRank.perSecond()) - error), within(1e-9));
    assertThat(slope.high())
        .isCloseTo(Math.min(byRank.high(), Math.max(line.slope(), byRank.perSecond()) + error), within(1e-9));
    assertThat(slope.low()).isGreaterThan(byRank.low());
  }
}
