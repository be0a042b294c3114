package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.model.heap.Suspect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real JVMs in which two hold the same pile: both are named, with the field or the method, and nobody else. */
@Tag("slow")
class TwoHoldersAreNamedTest {
  private static final List<List<String>> HOLDERS = List.of(
      List.of("fields", "static field TwoHolders$Cache.held", "static field TwoHolders$Audit.trail"),
      List.of("local", "static field TwoHolders$Cache.held",
          "thread \"keeper\" local variable in TwoHolders.keepsInLocal (TwoHolders.java:"),
      List.of("maps", "static field TwoHolders$Cache.BY_NAME → table", "static field TwoHolders$Audit.BY_ID → table"),
      List.of("list-and-map", "static field TwoHolders$Cache.RECENT → elementData",
          "static field TwoHolders$Audit.BY_ID → table"),
      List.of("registry", "static field TwoHolders$Cache.registry → active",
          "static field TwoHolders$Cache.registry → archived"),
      List.of("thread-local", "of the ThreadLocal in static field TwoHolders$Cache.MINE",
          "static field TwoHolders$Audit.trail"),
      List.of("thread-field", "static field TwoHolders$Cache.held", "thread \"worker\" task"),
      List.of("deque", "static field TwoHolders$Audit.QUEUE → elements", "static field TwoHolders$Cache.held → [1]"),
      List.of("waiting-task", "static field TwoHolders$Audit.trail",
          ".arg$1, by way of thread \"pool\" local variable in java.util.concurrent.ThreadPoolExecutor.runWorker"),
      List.of("two-locals", "thread \"first\" local variable in TwoHolders.keepsInLocal",
          "thread \"second\" local variable in TwoHolders.keepsInLocal"));

  @TempDir
  Path folder;

  static Stream<Arguments> waysOnBothJdks() {
    return Stream.of(17, 25).flatMap(jdk -> HOLDERS.stream()
        .map(way -> Arguments.of(way.getFirst(), jdk, way.subList(1, way.size()))));
  }

  @ParameterizedTest(name = "{0} on JDK {1}")
  @MethodSource("waysOnBothJdks")
  void bothAreNamedAndNobodyElse(String how, int version, List<String> holders) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(version);
    assumeTrue(jdk.isPresent(), "no JDK " + version + ": suspects with two holders were not tried on it");
    Path dump = folder.resolve("two.hprof");
    LiveJvm.run(jdk.get(), List.of(), "TwoHolders.java", dump.toString(), how);
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    Suspect suspect = HeapAnalysis.analyse(dump, options, HeapProgress.NONE).suspects().getFirst();
    Files.delete(dump);
    List<String> named = new ArrayList<>(List.of(suspect.holder()));
    suspect.otherWays().forEach(way -> named.add(way.holder()));
    assertThat(named).as(suspect.summary()).hasSameSizeAs(holders);
    for (String holder : holders) {
      assertThat(named).as(suspect.summary()).filteredOn(name -> name.contains(holder)).hasSize(1);
    }
    assertThat(suspect.piledUpClass()).isEqualTo("byte[]");
    assertThat(suspect.piledUpObjects()).isEqualTo(20_000);
    assertThat(suspect.summary()).endsWith("clearing only one of them frees nothing");
  }
}
