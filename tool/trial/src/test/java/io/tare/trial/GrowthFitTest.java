package io.tare.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tare.model.trial.Growth;
import io.tare.model.trial.Growth.Shape;
import io.tare.model.trial.Measure.Unit;
import io.tare.trial.GrowthFit.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrowthFitTest {
  private static final double MB = 1 << 20;
  private static final double[] SIZES = {1e5, 3e5, 1e6, 3e6};

  private static Growth fit(DoubleUnaryOperator truth, double deviation, long seed) {
    Random random = new Random(seed);
    List<Observation> observations = new ArrayList<>();
    for (double items : SIZES) {
      for (int round = 0; round < 3; round++) {
        observations.add(new Observation(items, truth.applyAsDouble(items) * (1 + deviation * random.nextGaussian())));
      }
    }
    return GrowthFit.fit("rss", Unit.BYTES, observations, List.of(3e7), OptionalDouble.of(8192 * MB));
  }

  private static double truth(Shape shape, double items) {
    double each = switch (shape) {
      case CONSTANT, UNKNOWN -> 0;
      case LINEAR -> 148;
      case LINEARITHMIC -> 8;
      case QUADRATIC -> 1e-4;
    };
    return 40 * MB + each * shape.of(items);
  }

  @ParameterizedTest
  @CsvSource({"CONSTANT, 50", "LINEAR, 50", "QUADRATIC, 50", "LINEARITHMIC, 47"})
  void eachShapeIsCalledByItsNameAndForetoldTenTimesFurther(Shape shape, int ofFifty) {
    int right = 0;
    for (long seed = 1; seed <= 50; seed++) {
      Growth growth = fit(items -> truth(shape, items), 0.01, seed * 7919);
      double foretold = growth.projections().getFirst().value() / truth(shape, 3e7);
      right += growth.shape() == shape && Math.abs(foretold - 1) < 0.1 ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(ofFifty);
  }

  @Test
  void theIntervalHoldsTheTruth() {
    int held = 0;
    for (long seed = 1; seed <= 100; seed++) {
      Growth.Projection projection = fit(items -> truth(Shape.LINEAR, items), 0.02, seed * 104729).projections()
          .getFirst();
      held += projection.least() <= truth(Shape.LINEAR, 3e7) && truth(Shape.LINEAR, 3e7) <= projection.most() ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(95);
  }

  @Test
  void bytesAnItemAndWhatIsFixedAreThoseThatWerePlanted() {
    Growth growth = fit(items -> truth(Shape.LINEAR, items), 0, 1);
    assertThat(growth.each()).isCloseTo(148, within(1e-6));
    assertThat(growth.fixed()).isCloseTo(40 * MB, within(1.0));
    assertThat(growth.exponent().orElseThrow()).isCloseTo(1, within(1e-9));
    assertThat(growth.linearUpTo()).isEmpty();
  }

  @Test
  void howManyItemsFitIsTheProjectionReadBackwards() {
    Growth growth = fit(items -> truth(Shape.LINEAR, items), 0, 1);
    assertThat(growth.capacity().orElseThrow().items()).isCloseTo((8192 - 40) * MB / 148,
        Percentage.withPercentage(0.1));
    assertThat(growth.capacity().orElseThrow().least()).isLessThan(growth.capacity().orElseThrow().items());
  }

  @Test
  void whatIsConstantHoldsAnyNumberOfItems() {
    assertThat(fit(items -> 64 * MB, 0.005, 3).capacity()).isEmpty();
  }

  @Test
  void whereAStraightLineEndsIsSaid() {
    Growth growth = fit(
        items -> items <= 1e6 ? 40 * MB + 100 * items : 40 * MB + 100 * items + 1e-3 * Math.pow(items - 1e6, 2), 0, 1);
    assertThat(growth.shape()).isNotEqualTo(Shape.LINEAR);
    assertThat(growth.linearUpTo()).hasValue(1e6);
  }

  @Test
  void oneOddRunMovesNothing() {
    List<Observation> observations = new ArrayList<>();
    for (double items : SIZES) {
      for (int round = 0; round < 3; round++) {
        observations.add(new Observation(items, truth(Shape.LINEAR, items)));
      }
    }
    observations.set(0, new Observation(SIZES[0], 900 * MB));
    Growth growth = GrowthFit.fit("rss", Unit.BYTES, observations, List.of(), OptionalDouble.empty());
    assertThat(growth.each()).isCloseTo(148, within(1e-6));
  }

  @Test
  void twoSizesAreAStraightLineAndNoMore() {
    List<Observation> observations = List.of(new Observation(1e5, 50 * MB), new Observation(1e6, 140 * MB));
    Growth growth = GrowthFit.fit("rss", Unit.BYTES, observations, List.of(), OptionalDouble.empty());
    assertThat(growth.shape()).isEqualTo(Shape.LINEAR);
    assertThat(growth.each()).isCloseTo(90 * MB / 9e5, within(1e-6));
  }

  /** Five small sizes lie on 105 bytes an item, the large one on 100 with all of them: ten pairs against five that lie far apart. */
  @Test
  void pairsThatLieFarApartTellMore() {
    List<Observation> observations = new ArrayList<>();
    for (double items : List.of(1e6, 2e6, 3e6, 4e6, 5e6)) {
      observations.add(new Observation(items, 40 * MB + 100 * items + 5 * (items - 3e6)));
    }
    observations.add(new Observation(1e8, 40 * MB + 100 * 1e8));
    Growth growth = GrowthFit.fit("rss", Unit.BYTES, observations, List.of(), OptionalDouble.empty());
    assertThat(growth.each()).isCloseTo(100, within(0.2));
  }
}
