package io.tare.formats.memstats;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Hostile;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of labelled readings. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class MemstatsFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(MemstatsTextTest.LOG.getBytes(StandardCharsets.UTF_8),
        "[MEMSTATS:X] Alloc=999999999999999999TB NumGC=1".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void labelledReadings(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> MemstatsText.parse("app.log", text, limits)), content);
  }
}
