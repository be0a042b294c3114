package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.destination.LocalDestination;
import io.tare.sync.source.LocalSource;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pace of a run, and what its log says. */
class LimitsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.678Z"));

  @TempDir
  Path directory;

  @Test
  void contentComesNoFasterThanTheRate() throws Exception {
    ByteRate rate = new ByteRate(1_000_000);
    long begin = System.nanoTime();
    assertThat(rate.slowed(new ByteArrayInputStream(new byte[100_000])).readAllBytes()).hasSize(100_000);
    assertThat(rate.slowed(new ByteArrayInputStream(new byte[100_000])).readAllBytes()).hasSize(100_000);
    // The first piece's turn begins at once, so all but the last one's time has to pass.
    assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(180));
  }

  @Test
  void theLogIsLinesOfJsonWhateverAFileIsCalled() {
    StringWriter text = new StringWriter();
    JsonLog log = new JsonLog(text, CLOCK);
    log.event("copied", "path", "a \"b\"\n\\c\u00fc\ud83d\ude00", "bytes", 12L);
    log.flush();
    assertThat(text.toString()).isEqualTo("{\"time\":\"2026-01-02T03:04:05.678Z\",\"event\":\"copied\","
        + "\"path\":\"a \\\"b\\\"\\u000a\\\\cü\\ud83d\\ude00\",\"bytes\":12}\n");
  }

  @Test
  void aRunSaysItsPhasesItsFilesAndItsEnd() throws Exception {
    Mirror mirror = Mirror.in(directory);
    mirror.write("a", "12345");
    StringWriter text = new StringWriter();
    mirror.run(Scope.USUAL, Deletes.NONE, LocalSource.open(mirror.source()),
        LocalDestination.open(mirror.destination()), new JsonLog(text, CLOCK));
    String begin = "{\"time\":\"2026-01-02T03:04:05.678Z\",\"event\":";
    assertThat(text.toString().lines().map(line -> line.replace(begin, ""))).containsExactly(
        "\"run\",\"from\":\"file:" + mirror.source().toRealPath() + "\",\"to\":\"file:"
            + mirror.destination().toRealPath() + "\"}",
        "\"begin\",\"phase\":\"PREPARE\"}", "\"begin\",\"phase\":\"SCAN\"}", "\"begin\",\"phase\":\"FINALIZE\"}",
        "\"begin\",\"phase\":\"TRANSFER\",\"files\":1}", "\"copied\",\"path\":\"a\",\"bytes\":5}",
        "\"end\",\"copied\":1,\"there already\":0,\"deleted\":0,\"gone\":0,\"failed\":0}");
  }
}
