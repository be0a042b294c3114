package io.tare.ledger.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void bytesHaveThreeDigits() {
    assertThat(Words.bytes(0)).isEqualTo("0 bytes");
    assertThat(Words.bytes(1536)).isEqualTo("1.50 KB");
    assertThat(Words.bytes(412L << 20)).isEqualTo("412 MB");
    assertThat(Words.bytes(1023L << 20)).isEqualTo("1.00 GB");
    assertThat(Words.bytes(-(3L << 30))).isEqualTo("-3.00 GB");
    assertThat(Words.bytes(Long.MAX_VALUE)).isEqualTo("8.00 EB");
  }

  @Test
  void sharesOfNothingAreNothing() {
    assertThat(Words.share(5, 0)).isEqualTo("0 %");
    assertThat(Words.share(1, 1000)).isEqualTo("0.1 %");
    assertThat(Words.share(310, 1000)).isEqualTo("31 %");
  }

  @Test
  void agesGrowTheirUnit() {
    assertThat(Words.age(119_000)).isEqualTo("119 s");
    assertThat(Words.age(600_000)).isEqualTo("10 min");
    assertThat(Words.age(7_200_000)).isEqualTo("2 h");
    assertThat(Words.age(200_000_000)).isEqualTo("2 days");
  }

  @Test
  void threeDigitsHoldAtTheBorders() {
    assertThat(Words.bytes(999)).isEqualTo("999 bytes");
    assertThat(Words.bytes(1000)).isEqualTo("0.98 KB");
    assertThat(Words.bytes((long) (9.99 * 1024))).isEqualTo("9.99 KB");
    assertThat(Words.bytes((long) (9.999 * 1024))).isEqualTo("10.0 KB");
    assertThat(Words.bytes((long) (99.96 * 1024))).isEqualTo("100 KB");
    assertThat(Words.share(0, 1000)).isEqualTo("0 %");
    assertThat(Words.share(10, 1000)).isEqualTo("1 %");
    assertThat(Words.age(120_000)).isEqualTo("2 min");
    assertThat(Words.age(172_799_000)).isEqualTo("47 h");
    assertThat(Words.age(172_800_000)).isEqualTo("2 days");
  }
}
