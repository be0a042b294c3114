package io.tare.report.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The colours that pages are painted with. */
class StyleTest {
  @Test
  void everyColourOfOursPassesTheDoorToTheTerminal() {
    for (Style style : Style.values()) {
      String painted = style.paint("text");
      assertThat(Clean.painted(painted)).as(style.name()).isEqualTo(painted);
    }
  }
}
