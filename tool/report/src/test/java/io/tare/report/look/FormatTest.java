package io.tare.report.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void aFilesEndingChoosesTheFormat() {
    assertThat(Format.byFileName("out/report.HTML")).contains(Format.HTML);
    assertThat(Format.byFileName("a.json")).contains(Format.JSON);
    assertThat(Format.byFileName("a.prom")).contains(Format.OPENMETRICS);
    assertThat(Format.byFileName("notes.txt")).contains(Format.TEXT);
    assertThat(Format.byFileName("archive.tare")).isEmpty();
    assertThat(Format.byFileName("noending")).isEmpty();
  }

  @Test
  void formatsHaveNames() {
    assertThat(Format.byName("openmetrics")).contains(Format.OPENMETRICS);
    assertThat(Format.byName("xml")).isEmpty();
    assertThat(Format.HTML.fileExtension()).isEqualTo("html");
  }

  @Test
  void theWidthStaysWithinReason() {
    assertThat(TextOptions.plain(0).width()).isEqualTo(40);
    assertThat(TextOptions.plain(100_000).width()).isEqualTo(400);
  }
}
