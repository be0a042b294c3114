package io.tare.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.app.Terminal;
import io.tare.formats.NotThisFormat;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording.RecordedTrack;
import io.tare.model.history.Ending;
import io.tare.model.history.Weighing;
import io.tare.model.history.Weighing.WeighingReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that the kernel really kills because its group is full. */
@Tag("slow")
@Timeout(180)
class OutOfMemoryTest {
  private static final long LIMIT = 160L << 20;

  private static final long NATIVE_LIMIT = 1000L << 20;

  @TempDir
  private Path folder;

  /** Hundreds of blocks more or less while it is read: malloc's own totals are younger than the mappings. */
  @Test
  void theLastLedgerOfAProcessThatGrowsFastInNativeMemoryExplainsIt() throws Exception {
    Path file = folder.resolve("native.tarerec");
    String java = ProcessHandle.current().info().command().orElseThrow();
    try (LimitedGroup group = LimitedGroup.of(NATIVE_LIMIT)) {
      Process hungry = group.start(java, "-Xmx64m", "-XX:MaxDirectMemorySize=4g", "-XX:+UseSerialGC", "-cp",
          System.getProperty("java.class.path"), "io.tare.app.history.Hungry", "native");
      try {
        Process recorder = record(java, hungry, file);
        awaitLedger(recorder, file);
        hungry.getOutputStream().close();
        String said = new String(recorder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(recorder.waitFor()).as(said).isZero();
      } finally {
        hungry.destroyForcibly().waitFor();
      }
    }
    Weighing last = RecordingFiles.open(file).tracks().getFirst().weighings().getLast();
    assertThat(last.grossBytes()).isGreaterThan(NATIVE_LIMIT * 6 / 10);
    assertThat(last.unexplainedBytes()).as("of " + last.grossBytes()).isLessThanOrEqualTo(last.grossBytes() / 100);
  }

  /** Only then the program is let grow: on a busy machine it would be killed before the recorder's JVM is up. */
  private static void awaitLedger(Process recorder, Path file) throws InterruptedException {
    while (recorder.isAlive() && !hasLedger(file)) {
      Thread.sleep(50);
    }
  }

  private static boolean hasLedger(Path file) {
    try {
      return RecordingFiles.open(file).tracks().stream().anyMatch(track -> !track.weighings().isEmpty());
    } catch (IOException | NotThisFormat notYet) {
      return false;
    }
  }

  private static Process record(String java, Process target, Path file) throws IOException {
    return new ProcessBuilder(java, "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED", "-cp",
        System.getProperty("java.class.path"), "io.tare.app.Main", "record", Long.toString(target.pid()), "-o",
        file.toString(), "--interval", "100ms").redirectErrorStream(true).start();
  }

  @Test
  void theLastLedgerBeforeTheKernelKillsIsInTheFileAndTheStorySaysSo() throws Exception {
    Path file = folder.resolve("hungry.tarerec");
    String java = ProcessHandle.current().info().command().orElseThrow();
    try (LimitedGroup group = LimitedGroup.of(LIMIT)) {
      Process hungry = group.start(java, "-Xmx1g", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
          "io.tare.app.history.Hungry");
      try {
        Process recorder = record(java, hungry, file);
        awaitLedger(recorder, file);
        hungry.getOutputStream().close();
        String said = new String(recorder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(recorder.waitFor()).as(said).isZero();
        assertThat(hungry.waitFor()).as("killed").isEqualTo(128 + 9);
      } finally {
        hungry.destroyForcibly().waitFor();
      }
    }
    RecordedTrack track = RecordingFiles.open(file).tracks().getFirst();
    assertThat(track.process().limitBytes()).hasValue(LIMIT);
    assertThat(track.ending().map(Ending::cause)).contains(Ending.Cause.OUT_OF_MEMORY);
    Weighing last = track.weighings().getLast();
    assertThat(last.reason()).isIn(WeighingReason.LIMIT, WeighingReason.MOVED);
    assertThat(track.weighings()).anyMatch(one -> one.reason() == WeighingReason.LIMIT);
    assertThat(last.grossBytes()).isGreaterThan(LIMIT * 6 / 10);
    assertThat(last.bytes("heap.used")).isGreaterThan(LIMIT / 3);

    Terminal terminal = new Terminal();
    terminal.run(file.toString());
    assertThat(terminal.out()).contains("want of memory");
  }
}
