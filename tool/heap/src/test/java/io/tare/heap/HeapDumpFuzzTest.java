package io.tare.heap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tare.heap.hprof.NotAHeapDump;
import io.tare.heap.index.HeapClass.ReferenceStrength;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class HeapDumpFuzzTest {
  @FuzzTest(maxDuration = "5s")
  void anyBytesAreAnalysedOrNoHeapDump(byte[] content) throws IOException {
    Path folder = Files.createTempDirectory("heap-fuzz");
    try {
      Path file = Files.write(folder.resolve("dump"), content);
      HeapOptions options = new HeapOptions(Long.MAX_VALUE, folder, 1, ReferenceStrength.USUAL);
      HeapAnalysis.analyse(file, options, HeapProgress.NONE);
    } catch (NotAHeapDump e) {
      // The other permitted outcome.
      org.assertj.core.api.Assertions.assertThat(e).hasMessageContaining("heap dump");
    } finally {
      Files.deleteIfExists(folder.resolve("dump"));
      Files.delete(folder);
    }
  }
}
