package io.tare.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.heap.lookup.ClassLookup;
import io.tare.heap.query.Query;
import io.tare.heap.query.QueryRun;
import io.tare.model.heap.HeapHistogram.HistogramLine;
import io.tare.model.heap.HeapValue;
import io.tare.model.heap.Suspect;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lambdas and classes that a program defines as hidden ones: no name in a source file, but a dump tells where they come from. */
@Tag("slow")
class HiddenClassesTest {
  @TempDir
  Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aHiddenClassIsNamedAfterWhatItWasMadeFromAndFoundByItsOwnName(int feature) throws Exception {
    Optional<Path> jdk = LiveJvm.jdk(feature);
    assumeTrue(jdk.isPresent(), "no JDK " + feature + " is installed");
    Path dump = folder.resolve("hidden.hprof");
    List<String> names = LiveJvm.run(jdk.get(), List.of(), "HiddenClasses.java", dump.toString()).lines().toList();
    HeapOptions options = HeapOptions.usual().withTemporaryFolder(folder);
    List<Suspect> suspects = HeapAnalysis.analyse(dump, options, HeapProgress.NONE).suspects();
    assertThat(suspects).extracting(Suspect::summary)
        .anyMatch(words -> words.matches("static field HiddenClasses.LAMBDAS .* HiddenClasses[$][$]Lambda.*"))
        .anyMatch(words -> words.matches("static field HiddenClasses.HIDDEN .* HiddenClasses[$]Plan.*"));
    assertThat(HeapAnalysis.histogram(dump, options, HeapProgress.NONE).lines()).extracting(HistogramLine::name)
        .as("the JVM writes a + where Java has a /").contains(names.get(0).replace('/', '+'));

    for (String name : names.subList(0, 2)) {
      for (String spelled : List.of(name, name.replace('/', '+'))) {
        long found = HeapAnalysis.ask(dump, options, HeapProgress.NONE,
            (view, storage, problems) -> ClassLookup.of(spelled, view)).reached().objects();
        assertThat(found).as(spelled).isEqualTo(2000);
        Query count = Query.parse("SELECT count(*) FROM " + spelled + " p");
        assertThat(HeapAnalysis.ask(dump, options, HeapProgress.NONE,
            (view, storage, problems) -> QueryRun.run(count, view, false)).rows().getFirst())
            .containsExactly(new HeapValue.Whole(2000));
      }
    }
  }
}
