package io.tare.history.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Point;
import io.tare.model.history.PointList;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void theMedianIsWhatSortingSays() {
    Random random = new Random(3);
    for (int run = 0; run < 2000; run++) {
      double[] values = random.doubles(1 + random.nextInt(40)).map(v -> Math.rint(v * 8)).toArray();
      double[] before = values.clone();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      assertThat(Numbers.median(values, 0, values.length)).isEqualTo(Numbers.medianOfSorted(sorted));
      assertThat(values).as("left as it was").isEqualTo(before);
    }
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(Numbers.median(new double[] {1, 2}, 1, 1)).isZero();
  }

  @Test
  void columnsMakeTheSameTrackAsPoints() {
    long[] moments = {1_000, 2_000, 1_500, 3_000, 4_500};
    double[] values = {1, Double.NaN, 3, 4, 5};
    PointList columns = new PointList(moments, values);
    Curve fast = Curve.of(columns);
    Curve plain = Curve.of(List.of(columns.toArray(Point[]::new)));
    assertThat(fast.size()).isEqualTo(plain.size()).isEqualTo(4);
    for (int i = 0; i < plain.size(); i++) {
      assertThat(fast.second(i)).isEqualTo(plain.second(i));
      assertThat(fast.value(i)).isEqualTo(plain.value(i));
    }
    assertThat(fast.at(fast.second(3))).isEqualTo(Instant.ofEpochMilli(4_500));
  }
}
