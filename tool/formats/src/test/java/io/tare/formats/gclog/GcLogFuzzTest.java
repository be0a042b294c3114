package io.tare.formats.gclog;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader of collection logs. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class GcLogFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream
        .of("gc.log", "gc-all.log", "gc-eight.log", "gc-eight-all.log", "gc-host.log", "gctrace.log", "trace-gc.log")
        .flatMap(name -> Fixtures.contents(name).stream());
  }

  @MethodSource("seeds")
  @FuzzTest
  void collectionLog(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> GcLogText.parse("gc.log", text, limits)), content);
  }
}
