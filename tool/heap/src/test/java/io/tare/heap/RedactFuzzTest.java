package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.redact.Redactor;
import io.tare.heap.redact.Redactor.RedactOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class RedactFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void anyBytesAreCopiedOrNoHeapDump(byte[] content) throws IOException {
    Path folder = Files.createTempDirectory("redact-fuzz");
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    try {
      Path file = Files.write(folder.resolve("dump"), content);
      Redactor.redact(file, copy, new RedactOptions(false), HeapProgress.NONE);
      // Compressed bytes may be fewer than those of the copy.
      assertThat(content.length == 0 || content[0] == 0x1f || copy.size() <= content.length).isTrue();
    } catch (NotAHeapDump e) {
      assertThat(e).hasMessageContaining("heap dump");
    } finally {
      Files.deleteIfExists(folder.resolve("dump"));
      Files.delete(folder);
    }
  }
}
