package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.Curve.Medians;
import io.tare.model.history.PointList;
import io.tare.model.history.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  /** A reading each second, but where a value is not a number. */
  private static Curve curve(double... values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      points.add(new Point(NOON.plusSeconds(i), values[i]));
    }
    return Curve.of(points);
  }

  @Test
  void theMedianIsWhatSortingSays() {
    Random random = new Random(3);
    for (int run = 0; run < 2000; run++) {
      double[] values = random.doubles(1 + random.nextInt(40)).map(v -> Math.rint(v * 8)).toArray();
      double[] before = values.clone();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      assertThat(Medians.median(values, 0, values.length)).isEqualTo(Medians.medianOfSorted(sorted));
      assertThat(values).as("left as it was").isEqualTo(before);
    }
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(Medians.median(new double[] {1, 2}, 1, 1)).isZero();
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

  @Test
  void whatIsReadIsCountedFromTheFirstMoment() {
    Curve curve = curve(4, 9, 2, 7);
    assertThat(curve.size()).isEqualTo(4);
    assertThat(curve.isEmpty()).isFalse();
    assertThat(curve.second(2)).isEqualTo(2);
    assertThat(curve.value(2)).isEqualTo(2);
    assertThat(curve.span()).isEqualTo(3);
    assertThat(curve.at(1.5)).isEqualTo(NOON.plusMillis(1500));
    assertThat(curve.highest()).isEqualTo(9);
    assertThat(curve.lowest()).isEqualTo(2);
    assertThat(curve.median()).isEqualTo(5.5);
  }

  @Test
  void ofNothingThereIsNoLevelAndNoTime() {
    Curve none = Curve.of(List.of());
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.span()).isZero();
    assertThat(none.highest()).isZero();
    assertThat(none.lowest()).isZero();
    assertThat(none.median()).isZero();
    assertThat(Curve.of(new PointList(new long[0], new double[0])).isEmpty()).isTrue();
  }

  @Test
  void readingsOfTheSameMomentAllStayAndOneOfAnEarlierMomentGoes() {
    Curve curve = Curve.of(List.of(new Point(NOON, 1), new Point(NOON, 2), new Point(NOON.minusSeconds(1), 3),
        new Point(NOON.plusMillis(250), 4)));
    assertThat(curve.size()).isEqualTo(3);
    assertThat(curve.second(2)).isEqualTo(0.25);
    PointList columns = new PointList(new long[] {1000, 1000, 2000}, new double[] {1, 2, 3});
    assertThat(Curve.of(columns).size()).isEqualTo(3);
    assertThat(Curve.of(columns).second(2)).isEqualTo(1);
  }

  /** Readings of one moment stay together. */
  @Test
  void aMomentBelongsToWhatComesAfterIt() {
    Curve curve = Curve.of(List.of(new Point(NOON, 1), new Point(NOON.plusSeconds(5), 2),
        new Point(NOON.plusSeconds(5), 3), new Point(NOON.plusSeconds(9), 4)));
    assertThat(curve.after(5).size()).isEqualTo(3);
    assertThat(curve.before(5).size()).isEqualTo(1);
    assertThat(curve.after(6).size()).isEqualTo(1);
    assertThat(curve.after(6).value(0)).isEqualTo(4);
    assertThat(curve.after(6).second(0)).as("counted from the same start").isEqualTo(9);
    assertThat(curve.after(0).size()).isEqualTo(4);
    assertThat(curve.before(0).isEmpty()).isTrue();
    assertThat(curve.after(10).isEmpty()).isTrue();
    assertThat(curve.before(10).size()).isEqualTo(4);
  }

  @Test
  void whatIsPickedComesInTheOrderAskedFor() {
    Curve picked = curve(4, 9, 2, 7).pick(new int[] {1, 3});
    assertThat(picked.size()).isEqualTo(2);
    assertThat(picked.second(0)).isEqualTo(1);
    assertThat(picked.value(0)).isEqualTo(9);
    assertThat(picked.value(1)).isEqualTo(7);
  }

  @Test
  void thinningKeepsTheMedianAndTheMiddleOfEachStretch() {
    Curve thin = curve(1, 5, 3, 10, 30, 20).thinned(2);
    assertThat(thin.size()).isEqualTo(2);
    assertThat(thin.second(0)).isEqualTo(1);
    assertThat(thin.value(0)).isEqualTo(3);
    assertThat(thin.second(1)).isEqualTo(4);
    assertThat(thin.value(1)).isEqualTo(20);
  }

  @Test
  void whatIsShortOrOfOneMomentStaysAsItIs() {
    Curve three = curve(1, 2, 3);
    assertThat(three.thinned(3)).isSameAs(three);
    Curve oneMoment = Curve.of(List.of(new Point(NOON, 1), new Point(NOON, 2), new Point(NOON, 3)));
    assertThat(oneMoment.thinned(2)).isSameAs(oneMoment);
  }

  @Test
  void stretchesWithoutReadingsAreLeftOut() {
    Curve gap = Curve.of(List.of(new Point(NOON, 1), new Point(NOON.plusSeconds(1), 3),
        new Point(NOON.plusSeconds(100), 8)));
    Curve stretches = gap.stretches(5);
    assertThat(stretches.size()).isEqualTo(2);
    assertThat(stretches.second(0)).isEqualTo(0.5);
    assertThat(stretches.value(0)).isEqualTo(2);
    assertThat(stretches.second(1)).isEqualTo(100);
    assertThat(stretches.value(1)).isEqualTo(8);
  }
}
