package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.heap.HeapHistogram.HistogramLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class ShallowSizesAgreeWithTheVmTest {
  //    4:          500          12000  DumpAndCount$B
  private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

  @TempDir
  Path folder;

  @ParameterizedTest
  @CsvSource({
      "17, -XX:+UseCompressedOops", "17, -XX:-UseCompressedOops", "17, -XX:-UseCompressedClassPointers",
      "25, -XX:+UseCompressedOops", "25, -XX:-UseCompressedOops", "25, -XX:+UseCompactObjectHeaders",
      "17, -XX:ObjectAlignmentInBytes=16", "25, -XX:ObjectAlignmentInBytes=16", "17, -XX:+UseG1GC", "25, -XX:+UseG1GC",
      "17, -XX:+UseZGC", "25, -XX:+UseZGC"
  })
  void everyClassHasTheSizeThatTheVmSays(int version, String option) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + " is installed");
    Path dump = folder.resolve("live.hprof");
    String printed = LiveJvm.run(jdk.get(), List.of(option), "DumpAndCount.java", dump.toString());
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    compare(HeapAnalysis.histogram(dump, options, HeapProgress.NONE).lines(), printed);
    compare(HeapAnalysis.analyse(dump, options, HeapProgress.NONE).byClass(), printed);
    Files.delete(dump);
  }

  private static void compare(List<HistogramLine> lines, String printed) {
    Map<String, HistogramLine> ours = new HashMap<>();
    lines.forEach(line -> ours.put(line.name(), line));
    int compared = 0;
    for (String text : printed.split("\n")) {
      Matcher line = LINE.matcher(text);
      HistogramLine own = line.matches() ? ours.get(line.group(3)) : null;
      // The VM goes on working between the dump and its histogram, so numbers differ; the size of one object does not.
      if (own != null && !own.name().equals("java.lang.Class")) {
        double bytesOfOne = Double.parseDouble(line.group(2)) / Long.parseLong(line.group(1));
        assertThat((double) own.shallowBytes() / own.objects()).as(own.name()).isEqualTo(bytesOfOne);
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(200);
    assertThat(total(printed, "[LDumpAndCount$A;")).isEqualTo(ours.get("DumpAndCount$A[]").shallowBytes());
    assertThat(total(printed, "[[LDumpAndCount$D;")).isEqualTo(ours.get("DumpAndCount$D[][]").shallowBytes());
  }

  private static long total(String printed, String className) {
    return printed.lines().map(LINE::matcher).filter(line -> line.matches() && line.group(3).equals(className))
        .mapToLong(line -> Long.parseLong(line.group(2))).sum();
  }
}
