package io.tare.cases.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
  @Test
  void aSizeMayHaveAUnit() {
    assertThat(Bytes.parse("4096")).isEqualTo(4096);
    assertThat(Bytes.parse("3k")).isEqualTo(3 << 10);
    assertThat(Bytes.parse("64M")).isEqualTo(64 << 20);
    assertThat(Bytes.parse("2g")).isEqualTo(2L << 30);
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Bytes.parse("m")).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Bytes.parse("12q")).isInstanceOf(NumberFormatException.class);
  }
}
