package io.tare.app.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.cases.faults.launch.InstalledJdks;
import io.tare.cases.faults.launch.RunningFault;
import io.tare.cases.faults.launch.Wish;
import io.tare.cases.faults.scene.Skipped;
import io.tare.cases.faults.table.Fault;
import io.tare.cases.faults.table.FaultTable;
import io.tare.cases.faults.table.Program;
import io.tare.ledger.Explanation;
import io.tare.model.capture.Capture;
import io.tare.model.report.Report;
import io.tare.model.report.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The passive ledger and its verdict against the truth, for every situation of the corpus and every collector. */
@Tag("slow")
class AccuracyTest {
  private static final long SIZE = 48L << 20;
  private static final List<String> COLLECTORS = List.of("Serial", "Parallel", "G1", "Z", "Shenandoah");

  @TempDir
  private Path directory;

  static Stream<Arguments> everyFaultOnEveryJdk() throws IOException {
    Map<Integer, Path> jdks = InstalledJdks.javaByFeature();
    return FaultTable.all().stream().flatMap(fault -> jdks.entrySet().stream()
        .limit(fault.program() instanceof Program.Native ? 1 : jdks.size())
        .map(jdk -> Arguments.of(fault.name(), jdk.getKey(), jdk.getValue())));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("everyFaultOnEveryJdk")
  void everySituationIsWeighedWithinItsBounds(String name, int feature, Path java) throws Exception {
    Report report = weigh(name, java, Optional.empty());
    String expected = FaultTable.byName(name).orElseThrow().rule();
    if (!expected.isEmpty()) {
      assertThat(report.verdicts()).filteredOn(Verdict.Yes.class::isInstance).extracting(Verdict::rule)
          .contains(expected);
    }
  }

  static Stream<Arguments> everyCollectorOnEveryJdk() throws IOException {
    Map<Integer, Path> jdks = InstalledJdks.javaByFeature();
    return COLLECTORS.stream().flatMap(
        collector -> jdks.entrySet().stream().map(jdk -> Arguments.of(collector, jdk.getKey(), jdk.getValue())));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("everyCollectorOnEveryJdk")
  void everyCollectorsHeapIsWeighedWithinItsBounds(String collector, int feature, Path java) throws Exception {
    weigh("live-heap", java, Optional.of(collector));
    weigh("idle-heap", java, Optional.of(collector));
  }

  private Report weigh(String name, Path java, Optional<String> collector) throws Exception {
    Fault fault = FaultTable.byName(name).orElseThrow();
    try (RunningFault running = start(fault, java, collector)) {
      Capture capture = new Capturer().capture(running.pid(), CaptureOptions.PASSIVE, Progress.NONE);
      Report report = Explanation.explain(capture);
      assertThat(TruthCheck.violations(report, running)).as(name + ": " + running.line()).isEmpty();
      return report;
    }
  }

  private RunningFault start(Fault fault, Path java, Optional<String> collector)
      throws IOException, InterruptedException {
    Wish wish = new Wish(java, collector, new Wish.Stage(SIZE, Duration.ofSeconds(600), directory), Optional.empty());
    try {
      return RunningFault.start(fault, wish);
    } catch (Skipped skipped) {
      return abort(skipped.getMessage());
    }
  }
}
