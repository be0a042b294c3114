package io.tare.sync.destination;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FtpListingTest {
  @Test
  void aLineTellsNameSizeAndTime() {
    FtpListing.Line line = FtpListing
        .parse("Size=1024;Modify=20250615150640.123;Type=file;Perm=rwadf; name  with; spaces", true).orElseThrow();
    assertThat(line.name()).isEqualTo("name  with; spaces");
    assertThat(line.file())
        .isEqualTo(Standing.of(1024, Instant.parse("2025-06-15T15:06:40Z").toEpochMilli(), 1000));
  }

  @Test
  void timesCountOnlyWhereTheServerKeepsThoseItIsTold() {
    assertThat(FtpListing.parse("type=file;size=7;modify=20250615150640; x", false).orElseThrow().file())
        .isEqualTo(Standing.ofSize(7));
    assertThat(FtpListing.parse("type=file;size=7;modify=20251315150640; x", true).orElseThrow().file())
        .as("no such month").isEqualTo(Standing.ofSize(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=dir;size=4096;modify=20250615150640; d", "type=cdir; .", "type=file; no-size",
      "type=file;size=-4; x", "type=file;size=99999999999999999999; x", "size=4; no-type", "", "nonsense"})
  void whatIsNoFileWithASizeIsNotOne(String line) {
    assertThat(FtpListing.parse(line, true)).isEmpty();
  }
}
