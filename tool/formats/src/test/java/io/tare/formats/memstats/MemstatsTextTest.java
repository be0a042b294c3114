package io.tare.formats.memstats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.history.LabelledReading;
import io.tare.model.history.LogSummary.BatchReading;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MemstatsTextTest {
  static final String LOG = """
      2026-11-06T12:00:00Z DEBUG [MEMSTATS:START_PREPARE_SCAN] Alloc=2MB Sys=12MB HeapObjects=22252 NumGC=1 ...
      Received batch 1000: size=1000 entries, est_bytes=137 KB
      2026/11/06 12:00:10 [MEMSTATS:AFTER_GC]  Alloc=42MB HeapObjects=6124 NumGC=4976
      11:02:03.4 [MEMSTATS:EXACT] Alloc=44040192B GCPause=17ms CPU=12345ns Uptime=600000ms Live=1.5MB
      """;

  private static MemstatsText.Readings parse(String text) throws NotThisFormat {
    return MemstatsText.parse("app.log", text, ParseLimits.DEFAULT).value();
  }

  @Test
  void readingsOfProgramsInOtherLanguagesAndOfTheProbeAreRead() throws NotThisFormat {
    List<LabelledReading> readings = parse(LOG).readings();
    assertThat(readings).extracting(LabelledReading::label).containsExactly("START_PREPARE_SCAN", "AFTER_GC", "EXACT");
    assertThat(readings.getFirst().value("Sys")).hasValue(12 << 20);
    assertThat(readings.getFirst().value("HeapObjects")).hasValue(22252);
    assertThat(readings.getFirst().at()).contains(Instant.parse("2026-11-06T12:00:00Z"));
    assertThat(readings.get(1).at()).contains(Instant.parse("2026-11-06T12:00:10Z"));
    assertThat(readings.get(1).value("NumGC")).hasValue(4976);
  }

  @Test
  void aLabelInCapitalsWithFiguresOfGosRuntimeIsAReading() throws NotThisFormat {
    List<LabelledReading> readings = parse("""
        START:      HeapInuse = 1 MB,   HeapIdle = 2 MB
        2026-11-06T12:00:10Z INFO AFTER RUN:  HeapInuse = 2.5 MB, HeapIdle = 1.7 MB
        AFTER GC:   TotalAlloc = 538 KB (unchanged)
        TODO: Alloc is large
        ERROR: Retries = 3
        """).readings();
    assertThat(readings).extracting(LabelledReading::label).containsExactly("START", "AFTER_RUN", "AFTER_GC");
    assertThat(readings.get(1).value("HeapInuse")).hasValue(5 << 19);
    assertThat(readings.get(1).at()).contains(Instant.parse("2026-11-06T12:00:10Z"));
    assertThat(readings.get(2).value("TotalAlloc")).hasValue(538 << 10);
  }

  @Test
  void timesKeepTheirUnitAndSizesBecomeBytes() throws NotThisFormat {
    LabelledReading exact = parse(LOG).readings().getLast();
    assertThat(exact.at()).as("a time without a date is none").isEmpty();
    assertThat(exact.value("Alloc")).hasValue(44040192);
    assertThat(exact.value("Live")).hasValue(3 << 19);
    assertThat(exact.value("GCPause")).hasValue(17);
    assertThat(exact.value("Uptime")).hasValue(600_000);
  }

  @Test
  void batchesAreReadWithTheirSizes() throws NotThisFormat {
    assertThat(parse(LOG).batches()).containsExactly(
        new BatchReading(1000, OptionalLong.of(1000), OptionalLong.of(137 << 10)));
  }

  @Test
  void aLogWithoutReadingsIsNotThisFormat() {
    assertThatThrownBy(() -> parse("MEMSTATS\nbatch 7 is done\n")).isInstanceOf(NotThisFormat.class)
        .hasMessageContaining("[MEMSTATS:");
  }

  @Test
  void damageNeverBreaksTheReader() {
    Hostile.damage(Hostile.ofText((text, limits) -> MemstatsText.parse("app.log", text, limits)),
        List.of(LOG.getBytes(StandardCharsets.UTF_8)));
  }
}
