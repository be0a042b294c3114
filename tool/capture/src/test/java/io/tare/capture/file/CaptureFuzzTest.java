package io.tare.capture.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.capture.file.CaptureReader.FileLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes what reads capture files. Without {@code JAZZER_FUZZ=1} it runs the seeds only. */
class CaptureFuzzTest {
  private static final FileLimits NARROW = new FileLimits(100, 100_000, 1_000_000, 10_000);

  static Stream<byte[]> files() throws IOException {
    byte[] whole = Captures.bytes(Captures.small());
    byte[] broken = whole.clone();
    broken[whole.length / 2] ^= 0x55;
    return Stream.of(whole, broken);
  }

  static Stream<byte[]> manifests() {
    return Stream.of(Manifest.of(Captures.small()).write().getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("files")
  @FuzzTest
  void file(byte[] content) throws IOException {
    try {
      CaptureReader.read(new ByteArrayInputStream(content), NARROW);
    } catch (CaptureFileException refused) {
      refused.reason();
    }
  }

  @MethodSource("manifests")
  @FuzzTest
  void manifest(byte[] content) {
    try {
      Manifest.parse(new String(content, StandardCharsets.UTF_8));
    } catch (CaptureFileException refused) {
      refused.reason();
    }
  }
}
