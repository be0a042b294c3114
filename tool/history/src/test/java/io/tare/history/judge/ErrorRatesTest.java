package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.model.history.LeakVerdict;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often the verdict errs, over many simulated processes. {@code -Dsimulations=N} makes it more. */
@Tag("slow")
class ErrorRatesTest {
  private static final int COUNT = Integer.getInteger("simulations", 500);
  private static final double MOST_FALSE_ALARMS = 0.0025;
  private static final double MOST_MISSES = 0.05;
  private static final double MOST_CLEARED = 0.0025;

  @ParameterizedTest
  @EnumSource(Scenario.class)
  void falseAlarmsAndMissesAreRare(Scenario scenario) {
    long seed = Long.getLong("seed", 1);
    System.out.println(scenario + " seed=" + seed);
    int alarms = 0;
    int found = 0;
    int open = 0;
    int cleared = 0;
    for (long number : LongStream.range(seed * 1_000_003, seed * 1_000_003 + COUNT).toArray()) {
      LeakVerdict verdict = LeakJudge.judge(scenario.timeline(number), LeakOptions.USUAL);
      alarms += verdict.leaking().isEmpty() ? 0 : 1;
      found += scenario.leak().map(verdict.leaking()::contains).orElse(false) ? 1 : 0;
      cleared += verdict.answer() == LeakVerdict.Answer.NO_LEAK ? 1 : 0;
      open += verdict.answer() == LeakVerdict.Answer.CANNOT_TELL ? 1 : 0;
    }
    System.out.printf("%s: alarms %d, found %d, cannot tell %d, cleared %d of %d%n", scenario, alarms, found, open,
        cleared,
        COUNT);
    if (scenario.leak().isEmpty()) {
      assertThat(alarms).as("false alarms").isLessThanOrEqualTo((int) Math.ceil(MOST_FALSE_ALARMS * COUNT));
    } else {
      assertThat(found).as("leaks charged to " + scenario.leak().get())
          .isGreaterThanOrEqualTo((int) Math.floor((1 - MOST_MISSES) * COUNT));
      assertThat(cleared).as("leaks that were called healthy")
          .isLessThanOrEqualTo((int) Math.ceil(MOST_CLEARED * COUNT));
    }
  }
}
