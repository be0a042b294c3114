package io.tare.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.capture.file.CaptureReader;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who only weighs leaves out what no ledger is made from: the settings, the groups, the machine (CaptureOptions.Extent.LEDGER). */
class WeighedAloneTest {
  private static final Path FOLDER = Path.of("src/test/resources/captures");

  @ParameterizedTest
  @MethodSource("io.tare.ledger.CapturesTest#captures")
  void theLedgerAndTheNetAreThoseOfTheReport(String name) throws Exception {
    Capture whole = CaptureReader.open(FOLDER.resolve(name + ".tare"));
    Map<String, Artifact> less = new LinkedHashMap<>(whole.artifacts());
    less.keySet().removeIf(artifact -> artifact.equals(ArtifactNames.SETTINGS)
        || artifact.equals(ArtifactNames.MEMINFO) || artifact.startsWith(ArtifactNames.CGROUP));
    assertThat(less).hasSizeLessThan(whole.artifacts().size());
    assertThat(Explanation.weigh(with(whole, less))).isEqualTo(Explanation.weigh(whole));
  }

  private static Capture with(Capture whole, Map<String, Artifact> artifacts) {
    return new Capture(whole.target(), whole.takenAt(), whole.elapsedMicros(), whole.asked(), artifacts);
  }
}
