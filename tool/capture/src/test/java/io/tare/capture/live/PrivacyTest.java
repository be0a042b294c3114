package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.capture.file.CaptureReader;
import io.tare.capture.file.CaptureWriter;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.Capture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing secret gets into a capture, however much is asked; and the file gives back what was taken. */
class PrivacyTest {
  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void environmentAndArgumentsNeverGetIntoACapture(Jdk jdk, @TempDir Path folder) throws Exception {
    try (Child jvm = jdk.idle("-Dpassword=swordfish", "-XX:NativeMemoryTracking=summary")) {
      Capture capture = new Capturer().capture(jvm.pid(),
          CaptureOptions.PASSIVE.asking(EnumSet.allOf(Ask.class)), Progress.NONE);
      for (Artifact artifact : capture.artifacts().values()) {
        assertThat(new String(artifact.bytes(), StandardCharsets.ISO_8859_1)).as(artifact.name())
            .doesNotContain("swordfish", "argument-secret", "TARE_TEST_SECRET");
      }
      Path file = folder.resolve("live.tare");
      CaptureWriter.save(capture, file);
      assertThat(CaptureReader.open(file)).isEqualTo(capture);
    }
  }
}
