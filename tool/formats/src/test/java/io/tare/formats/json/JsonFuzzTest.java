package io.tare.formats.json;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Hostile;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the JSON reader. Without {@code JAZZER_FUZZ=1} it runs the seeds only. FuzzTest must come last. */
class JsonFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(JsonTextTest.MANIFEST, "[[[]]]", "-0.0e-1").map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest
  void json(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> JsonText.parse("json", text, limits)), content);
  }
}
