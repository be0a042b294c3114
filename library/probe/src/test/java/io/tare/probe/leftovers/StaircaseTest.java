package io.tare.probe.leftovers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaircaseTest {
  @Test
  void anArrayThatDoublesClimbsThoughOthersComeAndGoBesideIt() {
    assertThat(Staircase.climbed(new long[] {100, 98, 200, 203, 201, 400, 400, 399})).isEqualTo(299);
  }

  @Test
  void whatFallsBackByMoreThanAQuarterOfItsGainDoesNotClimb() {
    assertThat(Staircase.climbed(new long[] {100, 200, 180, 200})).isEqualTo(100);
    assertThat(Staircase.climbed(new long[] {100, 200, 170, 200})).isZero();
  }

  @Test
  void whatStaysOrFallsGainsNothing() {
    assertThat(Staircase.climbed(new long[] {100, 100, 100})).isZero();
    assertThat(Staircase.climbed(new long[] {100, 90, 80})).isZero();
  }
}
