package io.tare.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.probe.leftovers.ClassHistogram;

/** Any text is read or refused, within limits. */
class ParsersFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void memstatsLine(FuzzedDataProvider data) {
    MemstatsLine.parse(data.consumeRemainingAsString())
        .ifPresent(line -> assertThat(line.values().size()).isLessThanOrEqualTo(100));
  }

  @FuzzTest(maxDuration = "20s")
  void classHistogram(FuzzedDataProvider data) {
    ClassHistogram.parse(data.consumeRemainingAsString())
        .ifPresent(histogram -> assertThat(histogram.total().bytes()).isNotNegative());
  }
}
