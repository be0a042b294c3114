package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Time that passes, clocks that are set, and machines that sleep. */
class SteadyClockTest {
  private static final long DAY = 86_400_000;
  private final long[] wall = {1_000 * DAY};
  private final long[] boot = {5_000};
  private final SteadyClock clock = new SteadyClock(() -> wall[0], () -> boot[0]);

  private void pass(long millis) {
    wall[0] += millis;
    boot[0] += millis;
  }

  @Test
  void aClockThatIsSetForwardGoesOnAsItWasAndTheStepIsToldOnce() {
    pass(1_000);
    wall[0] += 2 * DAY;
    assertThat(clock.millis()).isEqualTo(1_000 * DAY + 1_000);
    assertThat(clock.step()).hasValue(2 * DAY);
    assertThat(clock.step()).isEmpty();
    pass(500);
    assertThat(clock.millis()).isEqualTo(1_000 * DAY + 1_500);
    assertThat(clock.step()).isEmpty();
  }

  @Test
  void aClockThatIsSetBackGoesOnToo() {
    pass(1_000);
    wall[0] -= DAY;
    assertThat(clock.millis()).isEqualTo(1_000 * DAY + 1_000);
    assertThat(clock.step()).hasValue(-DAY);
  }

  @Test
  void whatOthersWroteDownByTheWallClockIsMovedAsFar() {
    Instant before = Instant.ofEpochMilli(wall[0]);
    assertThat(clock.steady(before)).isEqualTo(before);
    wall[0] += DAY;
    clock.millis();
    assertThat(clock.steady(Instant.ofEpochMilli(wall[0]))).isEqualTo(before);
  }

  /** Two seconds in an hour are led back little by little: that is no step. */
  @Test
  void aClockThatIsLedBackToTheRightTimeIsFollowed() {
    for (int hour = 0; hour < 10; hour++) {
      pass(3_600_000);
      wall[0] += 1_800;
      assertThat(clock.millis()).isEqualTo(wall[0]);
    }
    assertThat(clock.step()).isEmpty();
  }

  @Test
  void theTimeThatAMachineSleptHasPassed() {
    pass(8 * 3_600_000);
    assertThat(clock.millis()).isEqualTo(wall[0]);
    assertThat(clock.step()).isEmpty();
  }

  @Test
  void theMachinesOwnClockIsTheWallClockWhileNobodySetsIt() {
    SteadyClock machine = SteadyClock.ofMachine();
    long before = System.currentTimeMillis();
    long told = machine.millis();
    assertThat(told).isBetween(before, System.currentTimeMillis());
  }
}
