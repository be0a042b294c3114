package io.tare.formats.jvm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Fixtures;
import io.tare.formats.fixtures.Hostile;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the readers of what HotSpot writes. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class JvmFuzzTest {
  static Stream<byte[]> perfDataSeeds() {
    return Fixtures.contents("hsperfdata").stream();
  }

  @FuzzTest
  @MethodSource("perfDataSeeds")
  void perfData(byte[] content) {
    Hostile.parse((bytes, limits) -> PerfDataBytes.parse("hsperfdata", bytes, limits), content);
  }
}
