package io.tare.include.scan;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever the bytes are and however they are cut: the scanner ends, and finds the same. */
class TagScannerFuzzTest {
  @FuzzTest(maxDuration = "5m")
  void anyBytesGiveTheSameTokensHoweverTheyAreCut(FuzzedDataProvider data) {
    int chunk = data.consumeInt(1, 40);
    byte[] page = data.consumeRemainingAsBytes();
    assertThat(Tokens.of(page, page.length + 64, chunk)).isEqualTo(Tokens.of(page, page.length + 64, page.length + 1));
    assertThat(Tokens.of(page, 64, chunk).stream().mapToInt(String::length).sum()).isLessThan(200 * (page.length + 1));
  }
}
