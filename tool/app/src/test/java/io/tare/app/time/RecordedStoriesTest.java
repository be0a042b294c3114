package io.tare.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is told of real recordings, to the last digit: ten minutes of services under G1, thinned to a reading in ten, and a shell with two
 * children. {@code -Dgolden.update} writes it anew.
 */
class RecordedStoriesTest {
  private static final Path RECORDINGS = Path.of("src/test/resources/recordings");
  private final Terminal terminal = new Terminal();

  private static Path recording(String name) {
    return RECORDINGS.resolve(name + ".tarerec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leak-settled", "cache-settled", "leak-open", "leak-of-threads", "family"})
  void theStoryOfARecordingStaysAsItIs(String name) throws IOException {
    assertThat(terminal.run(recording(name).toString(), "--format", "json")).isEqualTo(ExitCode.FINE);
    Path golden = RECORDINGS.resolve(name + ".json");
    if (System.getProperty("golden.update") != null) {
      Files.writeString(golden, terminal.out());
    }
    assertThat(terminal.out()).isEqualTo(Files.readString(golden));
  }

  /** 3 MB of small objects a minute, with a collection asked for each minute. */
  @Test
  void aLeakIsToldByItsRateOnceCollectionsWereAskedFor() throws IOException {
    assertThat(terminal.run("check", recording("leak-settled").toString(), "--no-leak")).isEqualTo(ExitCode.FINDING);
    assertThat(terminal.out()).contains("heap.live grows by 180 MB");
    assertThat(new Terminal().run("check", recording("cache-settled").toString(), "--no-leak"))
        .isEqualTo(ExitCode.FINE);
  }

  /** Without one G1 never looked at the old generation: what would settle it is said, and by when. */
  @Test
  void aLeakThatNoCollectionHasLookedAtIsOpenAndSaysWhatSettlesIt() throws IOException {
    assertThat(terminal.run("check", recording("leak-open").toString(), "--no-leak"))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run(recording("leak-open").toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains(
        "no collection looked at the old generation: garbage there looks the same as a leak",
        "G1 marks the old generation when it holds 115 MB: at this rate in about 8 min",
        "a full collection settles it: tare PID --ask=gc, or tare record --settle");
  }
}
