package io.tare.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict.Rate;
import org.junit.jupiter.api.Test;

class AmountWordsTest {
  private static final double MB = 1 << 20;

  @Test
  void bytesHaveTheirUnitAndWhatIsCountedHasNone() {
    assertThat(AmountWords.of(412 * MB, SeriesUnit.BYTES)).isEqualTo("412 MB");
    assertThat(AmountWords.of(412 * MB, SeriesUnit.BYTES_COUNTER)).isEqualTo("412 MB");
    assertThat(AmountWords.of(17, SeriesUnit.COUNT)).isEqualTo("17");
    assertThat(AmountWords.of(1234.6, SeriesUnit.COUNT)).isEqualTo("1,235");
    assertThat(AmountWords.of(12, SeriesUnit.COUNT_COUNTER)).isEqualTo("12");
  }

  @Test
  void fewThingsAreToldToATenthUnlessTheyAreWhole() {
    assertThat(AmountWords.of(3, SeriesUnit.COUNT)).isEqualTo("3");
    assertThat(AmountWords.of(3.25, SeriesUnit.COUNT)).isEqualTo("3.3");
    assertThat(AmountWords.of(-2.5, SeriesUnit.COUNT)).isEqualTo("-2.5");
    assertThat(AmountWords.of(9.94, SeriesUnit.COUNT)).isEqualTo("9.9");
    assertThat(AmountWords.of(9.95, SeriesUnit.COUNT)).isEqualTo("10");
    assertThat(AmountWords.of(-12.5, SeriesUnit.COUNT)).isEqualTo("-13");
  }

  @Test
  void aRateIsToldWithItsError() {
    assertThat(AmountWords.rate(new Rate(31.2 * MB, 29.1 * MB, 32 * MB), SeriesUnit.BYTES, "hour"))
        .isEqualTo("31.2 MB ± 2.10 MB per hour");
    assertThat(AmountWords.rate(new Rate(5, 4, 7), SeriesUnit.COUNT, "round")).isEqualTo("5 ± 2 per round");
  }

  @Test
  void timeIsToldInTheUnitThatPeopleWouldUse() {
    assertThat(AmountWords.time(45)).isEqualTo("45 s");
    assertThat(AmountWords.time(119)).isEqualTo("119 s");
    assertThat(AmountWords.time(120)).isEqualTo("2 min");
    assertThat(AmountWords.time(7199)).isEqualTo("120 min");
    assertThat(AmountWords.time(7200)).isEqualTo("2.0 h");
    assertThat(AmountWords.time(12_600)).isEqualTo("3.5 h");
    assertThat(AmountWords.time(172_799)).isEqualTo("48.0 h");
    assertThat(AmountWords.time(172_800)).isEqualTo("2.0 days");
    assertThat(AmountWords.time(181_440)).isEqualTo("2.1 days");
  }
}
