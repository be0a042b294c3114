package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.LeakDump;
import io.tare.cases.faults.leaks.Leak;
import io.tare.cases.faults.leaks.LeakTable;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapSummary;
import io.tare.model.heap.Suspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that leak, each in its own way, on every installed JDK: the first suspect has to name the place and what is there. */
@Tag("slow")
class LeaksAreNamedTest {
  @TempDir
  Path folder;

  static Stream<Arguments> leaksOnEveryJdk() throws IOException {
    List<Arguments> all = new ArrayList<>();
    InstalledJdks.javaByFeature().forEach(
        (feature, java) -> LeakTable.all().forEach(leak -> all.add(Arguments.of(leak.name(), feature, java))));
    return all.stream();
  }

  @ParameterizedTest(name = "{0} on JDK {1}")
  @MethodSource("leaksOnEveryJdk")
  void theFirstSuspectNamesTheFieldTheWayAndWhatPilesUp(String name, int feature, Path java) throws Exception {
    Leak leak = LeakTable.byName(name).orElseThrow();
    Path dump = folder.resolve("leak.hprof");
    LeakDump.write(java, leak, dump, "-XX:+UseSerialGC");
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    List<Suspect> suspects = HeapAnalysis.analyse(dump, options, HeapProgress.NONE).suspects();
    Files.delete(dump);
    assertThat(suspects).isNotEmpty();
    assertThat(suspects.getFirst().summary()).containsSubsequence(leak.suspect());
    assertThat(suspects.getFirst().piledUpClass()).isEqualTo(leak.piledUp());
    assertThat(suspects.getFirst().piledUpObjects()).as("all of them").isIn(20L, 20_000L, 20_001L);
  }

  @ParameterizedTest
  @CsvSource({
      "17, -XX:+UseG1GC, leak.hprof.gz", "17, -XX:-UseCompressedOops, leak.hprof", "17, -XX:+UseZGC, leak.hprof",
      "25, -XX:+UseG1GC, leak.hprof.gz", "25, -XX:-UseCompressedOops, leak.hprof", "25, -XX:+UseZGC, leak.hprof.gz",
      "25, -XX:+UseCompactObjectHeaders, leak.hprof", "25, -XX:ObjectAlignmentInBytes=16, leak.hprof",
  })
  void howObjectsLieInTheHeapAndInTheFileDoesNotMatter(int feature, String flag, String file) throws Exception {
    Path java = InstalledJdks.javaByFeature().get(feature);
    assumeTrue(java != null, "no JDK " + feature + " is installed");
    Leak leak = LeakTable.byName("listeners").orElseThrow();
    Path dump = folder.resolve(file);
    LeakDump.write(java, leak, dump, flag);
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    HeapSummary summary = HeapAnalysis.analyse(dump, options, HeapProgress.NONE);
    assertThat(summary.suspects().getFirst().summary()).containsSubsequence(leak.suspect());
    HistogramLine pixels = summary.byClass().stream().filter(line -> line.name().equals(leak.piledUp())).findFirst()
        .orElseThrow();
    assertThat(pixels.objects()).isEqualTo(20_000);
    assertThat(pixels.retainedBytes().orElse(0)).as("each with 300 bytes and the headers of both")
        .isBetween(20_000L * 316, 20_000L * 360);
    assertThat(folder).isDirectoryContaining(dump::equals);
    Files.delete(dump);
    assertThat(folder).as("temporary files").isEmptyDirectory();
  }
}
