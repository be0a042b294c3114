package io.tare.probe.marks;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Any bytes are read, or refused as no marks file. */
class MarksFileFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void marksFile(FuzzedDataProvider data) throws IOException {
    byte[] file = data.consumeRemainingAsBytes();
    try {
      assertThat(read(file).marks()).allSatisfy(mark -> assertThat(mark.number()).isNotNegative());
    } catch (NotAMarksFile refused) {
      assertThat(refused).hasMessageMatching("(does not|version|sizes|ends).*");
    }
  }

  static MarksReading read(byte[] file) throws IOException {
    return MarksFile.read((into, position) -> {
      int length = (int) Math.max(0, Math.min(into.remaining(), file.length - position));
      into.put(ByteBuffer.wrap(file, (int) Math.min(position, file.length), length));
      return length;
    });
  }
}
