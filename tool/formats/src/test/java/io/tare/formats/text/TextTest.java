package io.tare.formats.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.formats.ParseLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({"48128K,49283072", "64.00 MB,67108864", "5692Kb,5828608", "59360 kB,60784640", "2048 bytes,2048", "0,0",
      "1.06 GB,1138166333", "18M,18874368", "-20KB,-20480", "1T,1099511627776"})
  void sizesAreBytes(String text, long bytes) {
    assertThat(Sizes.bytes(text)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "12 parsecs", "1.2.3 MB", "9223372036854775807K", "99999999999999999999",
      "9999999999999999999.0 GB", "--1"})
  void whatIsNoSizeIsEmpty(String text) {
    assertThat(Sizes.bytes(text)).isEmpty();
  }

  @Test
  void addressesAreUnsigned() {
    assertThat(Numbers.address("0xffffffffff600000")).hasValue(0xffffffffff600000L);
    assertThat(Numbers.address("7f00")).hasValue(0x7f00);
    assertThat(Numbers.address("+7f")).isEmpty();
    assertThat(Numbers.address("10000000000000000")).isEmpty();
    assertThat(Addresses.all("[0x00ff, 0x1000) size 0xg 0x")).containsExactly(0xff, 0x1000);
    assertThat(Addresses.after("0x1 [0x2", "[")).containsExactly(2);
  }

  @Test
  void linesAreCutAtTheLimitAndKnowWhetherTheyAreWhole() {
    LineReader lines = new LineReader("a\r\n\nlonger line\nend", new ParseLimits(9, 6, 9));
    assertThat(lines.advance()).isTrue();
    assertThat(lines.line()).isEqualTo("a");
    assertThat(lines.advance()).isTrue();
    assertThat(lines.line()).isEmpty();
    assertThat(lines.advance()).isTrue();
    assertThat(lines.line()).isEqualTo("longer");
    assertThat(lines.ended()).isTrue();
    assertThat(lines.advance()).isTrue();
    assertThat(lines.ended()).isFalse();
    assertThat(lines.where()).isEqualTo("line 4");
    assertThat(lines.advance()).isFalse();
  }
}
