package io.tare.app.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The recorder as a process of its own, ended by force and by a full disk. */
@Tag("slow")
@Timeout(120)
class RecorderKillTest {
  private Process target;

  @TempDir
  private Path folder;

  @BeforeEach
  void startTarget() throws Exception {
    target = new ProcessBuilder("sleep", "100").start();
  }

  @AfterEach
  void endTarget() {
    target.destroyForcibly();
  }

  private List<String> recorder(Path file, String... more) {
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "io.tare.app.Main",
        "record", Long.toString(target.pid()), "-o", file.toString(), "--interval", "50ms"));
    command.addAll(List.of(more));
    return command;
  }

  private static void awaitBytes(Path file, long bytes) throws Exception {
    for (int i = 0; i < 600 && (!Files.exists(file) || Files.size(file) < bytes); i++) {
      Thread.sleep(50);
    }
    assertThat(Files.size(file)).isGreaterThanOrEqualTo(bytes);
  }

  @Test
  void killedByForceItLosesNothingThatItHadWritten() throws Exception {
    Path file = folder.resolve("x.tarerec");
    Process recorder = new ProcessBuilder(recorder(file)).redirectErrorStream(true).start();
    awaitBytes(file, 1500);
    recorder.destroyForcibly().waitFor();
    Recording recording = RecordingFiles.open(file);
    assertThat(recording.tracks().getFirst().samples().size()).isGreaterThan(5);
    assertThat(recording.runs().getFirst().isClosed()).isFalse();
    assertThat(target.isAlive()).isTrue();
    Process again = new ProcessBuilder(recorder(file, "--for", "300ms")).redirectErrorStream(true).start();
    assertThat(again.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(RecordingFiles.open(file).runs()).hasSize(2);
    assertThat(RecordingFiles.open(file).tracks()).as("the same process, one track").hasSize(1);
  }

  @Test
  void askedToEndItEndsInOrder() throws Exception {
    Path file = folder.resolve("x.tarerec");
    Process recorder = new ProcessBuilder(recorder(file)).redirectErrorStream(true).start();
    awaitBytes(file, 1500);
    // Not Process.destroy: that closes the pipe which the recorder prints to.
    recorder.toHandle().destroy();
    assertThat(recorder.waitFor()).isZero();
    assertThat(new String(recorder.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("still running", "tells the story");
    assertThat(RecordingFiles.open(file).runs().getFirst().isClosed()).isTrue();
    assertThat(folder.resolve("x.tarerec.marks")).doesNotExist();
  }

  @Test
  void aFullDiskIsToldAndWhatWasWrittenStays() throws Exception {
    Path file = folder.resolve("x.tarerec");
    // A limit on the size of files stands for the disk: writing beyond it fails.
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 4; trap '' XFSZ; exec \"$@\"", "sh"));
    command.addAll(recorder(file));
    command.remove("-Xmx128m");
    command.addAll(5, List.of("-XX:-UsePerfData", "-Xshare:auto"));
    Process recorder = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said;
    try (BufferedReader lines = recorder.inputReader(StandardCharsets.UTF_8)) {
      StringBuilder all = new StringBuilder();
      boolean asked = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.append(line).append('\n');
        if (line.contains("can't write to") && !asked) {
          asked = true;
          // Some rounds more, in which it could say it again.
          Thread.sleep(500);
          recorder.toHandle().destroy();
        }
      }
      said = all.toString();
    }
    recorder.waitFor();
    assertThat(said).contains("can't write to").contains("what is recorded so far is safe");
    assertThat(said.lines().filter(line -> line.contains("can't write"))).as("once").hasSize(1);
    Recording recording = RecordingFiles.open(file);
    assertThat(recording.problems()).isEmpty();
    assertThat(recording.tracks().getFirst().samples().size()).isGreaterThan(5);
  }
}
