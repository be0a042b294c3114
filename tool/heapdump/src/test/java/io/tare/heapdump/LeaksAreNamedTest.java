package io.tare.heapdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.Suspect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that leak, each in its own way: the first suspect has to name the place. */
class LeaksAreNamedTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "map         | static field Leaks.REGISTRY → table",
      "listeners   | static field Leaks.BUTTON → listeners → elementData",
      "queue       | static field Leaks.INBOX → head",
      "set         | static field Leaks.SEEN → table",
      "cache       | static field Leaks.CACHE",
      "capture     | static field Leaks.TASKS → elementData",
      "loader      | static field Leaks.DRIVERS → elementData",
      "threadlocal | thread \"worker-3\" threadLocals",
      "intern      | static field Leaks.REGISTRY → table",
      "finalizer   | java.lang.ref.Finalizer"
  })
  void theFirstSuspectNamesTheFieldAndTheWay(String leak, String words) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(25);
    assumeTrue(jdk.isPresent(), "no JDK 25 is installed");
    Path dump = folder.resolve("leak.hprof");
    LiveJvm.run(jdk.get(), List.of(), "Leaks.java", dump.toString(), leak);
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    HeapSummary summary = HeapAnalysis.analyse(dump, options, HeapProgress.NONE);
    Files.delete(dump);
    List<String> holders = summary.suspects().stream().map(Suspect::summary).toList();
    assertThat(holders).as(leak).isNotEmpty();
    assertThat(holders.getFirst()).as(leak).contains(words);
  }
}
