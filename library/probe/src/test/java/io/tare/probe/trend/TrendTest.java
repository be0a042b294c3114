package io.tare.probe.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void aStraightLineIsFoundExactly() {
    Trend trend = Trend.of(IntStream.range(0, 20).mapToLong(i -> 1000 + 64L * i).toArray(), Trend.ONE_IN_A_THOUSAND);
    assertThat(trend.slope()).isEqualTo(64);
    assertThat(trend.low()).isEqualTo(64);
    assertThat(trend.isGrowing()).isTrue();
  }

  @Test
  void oneJumpIsNoTrend() {
    long[] values = new long[20];
    for (int i = 9; i < 20; i++) {
      values[i] = 1_000_000;
    }
    assertThat(Trend.of(values, Trend.ONE_IN_A_THOUSAND).isGrowing()).isFalse();
  }

  @Test
  void outliersDoNotHideALine() {
    long[] values = IntStream.range(0, 20).mapToLong(i -> 64L * i).toArray();
    values[3] += 1_000_000;
    values[11] -= 500_000;
    Trend trend = Trend.of(values, Trend.ONE_IN_A_THOUSAND);
    assertThat(trend.isGrowing()).isTrue();
    assertThat(trend.slope()).isCloseTo(64, within(1.0));
  }

  @Test
  void noiseGrowsInAboutOneOf2000Cases() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int growing = 0;
    for (int i = 0; i < 10_000; i++) {
      growing += Trend.of(random.longs(20, 0, 1_000_000).toArray(), Trend.ONE_IN_A_THOUSAND).isGrowing() ? 1 : 0;
    }
    assertThat(growing).as("seed %d", seed).isLessThan(20);
  }

  @Test
  void theBoundsAgreeWithTheObviousReference() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long[] values = random.longs(2 + random.nextInt(30), -1000, 1000).toArray();
      Trend trend = Trend.of(values, Trend.ONE_IN_A_THOUSAND);
      double[] slopes = IntStream.range(0, values.length).boxed()
          .flatMap(i -> IntStream.range(0, values.length).filter(j -> j > i)
              .mapToObj(j -> (double) (values[j] - values[i]) / (j - i)))
          .mapToDouble(Double::doubleValue).sorted().toArray();
      double median = (slopes[(slopes.length - 1) / 2] + slopes[slopes.length / 2]) / 2;
      assertThat(trend.slope()).as("seed %d", seed).isCloseTo(median, within(1e-9));
      assertThat(trend.low()).isLessThanOrEqualTo(trend.slope());
      assertThat(trend.high()).isGreaterThanOrEqualTo(trend.slope());
    }
  }

  @Test
  void tooFewPointsTellNothing() {
    assertThat(Trend.of(new long[] {5}, Trend.ONE_IN_A_THOUSAND).isGrowing()).isFalse();
    assertThat(Trend.of(new long[] {1, 2, 3, 4, 5}, Trend.ONE_IN_A_THOUSAND).isGrowing()).isFalse();
    assertThat(Trend.of(new long[] {1, 2, 3, 4, 5, 6, 7, 8}, Trend.ONE_IN_A_THOUSAND).isGrowing()).isTrue();
  }
}
