package io.tare.formats.memory;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.formats.fixtures.Hostile;
import io.tare.model.capture.ArtifactNames;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the readers of what memory walks found. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class MemoryFuzzTest {

  static Stream<byte[]> seeds() {
    return Stream.of(MallocText.write(MemoryTextTest.malloc()), NativeThreadsText.write(MemoryTextTest.threads()),
        RuntimeFactsText.write(MemoryTextTest.runtime()), ExecutableText.write(MemoryTextTest.executable()))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @FuzzTest
  @MethodSource("seeds")
  void malloc(byte[] content) {
    Hostile.parse(Hostile.ofText(MallocText::parse), content);
  }

  @FuzzTest
  @MethodSource("seeds")
  void threads(byte[] content) {
    Hostile.parse(Hostile.ofText(NativeThreadsText::parse), content);
  }

  @FuzzTest
  @MethodSource("seeds")
  void runtime(byte[] content) {
    Hostile.parse(Hostile.ofText((text, limits) -> RuntimeFactsText.parse(ArtifactNames.GO, text, limits)), content);
  }

  @FuzzTest
  @MethodSource("seeds")
  void executable(byte[] content) {
    Hostile.parse(Hostile.ofText(ExecutableText::parse), content);
  }
}
