package io.tare.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SizeTest {
  @Test
  void sizesAreReadAsPeopleWriteThem() {
    assertThat(Size.parseBytes("0 B")).isZero();
    assertThat(Size.parseBytes("0")).isZero();
    assertThat(Size.parseBytes("1.5 KB")).isEqualTo(1536);
    assertThat(Size.parseBytes("20mb")).isEqualTo(20L << 20);
    assertThat(Size.parseBytes(" 3 GB ")).isEqualTo(3L << 30);
    assertThat(Size.parseBytes("1TB")).isEqualTo(1L << 40);
  }

  @Test
  void otherTextIsRefusedWithAnExample() {
    for (String wrong : new String[] {"", "lots", "-1 B", "1 KiB", "1e3", "1..5 KB"}) {
      assertThatThrownBy(() -> Size.parseBytes(wrong)).isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1.5 KB");
    }
  }

  @Test
  void sizesArePrintedExactlyWhenSmall() {
    assertThat(Size.text(0)).isEqualTo("0 B");
    assertThat(Size.text(24)).isEqualTo("24 B");
    assertThat(Size.text(0.25)).isEqualTo("0.25 B");
    assertThat(Size.text(1536)).isEqualTo("1.5 KB");
    assertThat(Size.text(-(5L << 20))).isEqualTo("-5.0 MB");
  }
}
