package io.tare.kit.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

class Utf8SliceFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void bytesAreRefusedOrReadLikeTheString(byte[] bytes) {
    Utf8Slice slice;
    try {
      slice = Utf8Slice.of(bytes);
    } catch (IllegalArgumentException malformed) {
      return;
    }
    assertThat(new StringBuilder(slice).toString()).isEqualTo(new String(bytes, UTF_8));
  }
}
