package io.tare.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.ledger.evidence.ArtifactReader;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.capture.Target;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a core file can't tell is said with its own numbers, and of other captures nothing is said. */
class CoreWordsTest {
  private static final long MIB = 1 << 20;

  private static List<String> words(String facts) {
    return CoreWords.of(new ArtifactReader(capture(
        Map.of(ArtifactNames.CORE, Artifact.taken(ArtifactNames.CORE, "", 0, facts)))));
  }

  private static Capture capture(Map<String, Artifact> artifacts) {
    return new Capture(new Target(4711, 0, "app", RuntimeKind.HOTSPOT), Instant.EPOCH, 0, List.of(), artifacts);
  }

  private static String facts(long held, long mapped, long missing, long signal) {
    return "core held=" + held + " mapped=" + mapped + " missing=" + missing + " signal=" + signal + "\n";
  }

  @Test
  void aWholeFileOfAStoppedProcessTellsWhatItHolds() {
    for (long signal : new long[] {0, 5, 19}) {
      assertThat(words(facts(3 * MIB, 7 * MIB, 0, signal))).singleElement().asString()
          .startsWith(
              "this is of what the core file holds: 3.00 MB on pages with anything but zeros, of 7.00 MB mapped.");
    }
  }

  @Test
  void whatIsMissingAndWhatEndedTheProcessIsSaid() {
    assertThat(words(facts(3 * MIB, 7 * MIB, 2 * MIB, 6))).hasSize(3).satisfies(notes -> {
      assertThat(notes.get(1))
          .isEqualTo("the core file was cut off: its last 2.00 MB are missing, and with them what they held");
      assertThat(notes.get(2)).isEqualTo("the process was ended by signal 6");
    });
    assertThat(words(facts(MIB, MIB, 0, 11))).hasSize(2).last().isEqualTo("the process was ended by signal 11");
    assertThat(words(facts(MIB, MIB, 1, 0))).hasSize(2).last().asString().contains("its last 1 bytes are missing");
  }

  @Test
  void otherCapturesAndWhatIsNoFactSayNothing() {
    assertThat(CoreWords.of(new ArtifactReader(capture(Map.of())))).isEmpty();
    assertThat(words("")).isEmpty();
    assertThat(words("core held=x mapped= missing=-3 signal=99999999999999999999\n")).singleElement().asString()
        .contains("holds: 0 bytes", "of 0 bytes mapped");
  }
}
