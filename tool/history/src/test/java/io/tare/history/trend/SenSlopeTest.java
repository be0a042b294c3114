package io.tare.history.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Point;
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
}
