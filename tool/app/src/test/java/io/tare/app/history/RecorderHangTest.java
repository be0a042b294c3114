package io.tare.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import io.tare.history.recording.Recording.RecordedTrack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands whose reading of a process never returns. The command runs in a mount namespace of its own, in which a pipe that nobody writes
 * to lies over one of the process's files.
 */
@Tag("slow")
@Timeout(120)
class RecorderHangTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir
  private Path folder;
  private Process hanging;
  private Process other;
  private Path file;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void startTargets() throws Exception {
    hanging = new ProcessBuilder("sleep", "200").start();
    other = new ProcessBuilder("sleep", "200").start();
    file = folder.resolve("x.tarerec");
    int made = withPipe("smaps", List.of("true")).waitFor();
    assumeTrue(made == 0,
        "nothing can be mounted over a file of /proc: that a reading which hangs is left behind was not checked");
  }

  @AfterEach
  void endTargets() {
    hanging.destroyForcibly();
    other.destroyForcibly();
    started.forEach(Process::destroyForcibly);
  }

  /** Runs a command that hangs as soon as it reads that file of the first target. */
  private Process withPipe(String pipedFile, List<String> command) throws Exception {
    String pipe = "{ [ -p \"$1\" ] || mkfifo \"$1\"; } && mount --bind \"$1\" \"$2\" && shift 2 && exec \"$@\"";
    List<String> words = new ArrayList<>(
        List.of("sh", "-c", "exec \"$@\"", "sh", "unshare", "--mount", "sh", "-c", pipe, "sh",
            folder.resolve("pipe").toString(), "/proc/" + hanging.pid() + "/" + pipedFile));
    words.addAll(command);
    Process process = new ProcessBuilder(words).redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile()).start();
    started.add(process);
    return process;
  }

  private Process tare(String pipedFile, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m",
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "io.tare.app.Main"));
    command.addAll(List.of(words));
    return withPipe(pipedFile, command);
  }

  private Process recorder(String pipedFile) throws Exception {
    return tare(pipedFile, "record", Long.toString(hanging.pid()), Long.toString(other.pid()), "-o", file.toString(),
        "--interval", "50ms");
  }

  private String said() throws Exception {
    return Files.readString(folder.resolve("said"));
  }

  private void awaitThatItSays(String word) throws Exception {
    for (int i = 0; i < 1_200 && !said().contains(word); i++) {
      Thread.sleep(50);
    }
    assertThat(said()).contains(word);
  }

  private int readingsOfTheOther() throws Exception {
    return readings(1);
  }

  private int readings(int which) throws Exception {
    List<RecordedTrack> tracks = RecordingFiles.open(file).tracks();
    return tracks.size() <= which ? 0 : tracks.get(which).samples().size();
  }

  private void awaitReadingsOfTheOther(int many) throws Exception {
    for (int i = 0; i < 1_200 && readingsOfTheOther() < many; i++) {
      Thread.sleep(50);
    }
    assertThat(readingsOfTheOther()).as("readings of the other, while the first hangs").isGreaterThanOrEqualTo(many);
  }

  private static void mustEndSoon(Process command) throws Exception {
    long began = System.nanoTime();
    command.toHandle().destroy();
    boolean ended = command.waitFor(SOON.toSeconds(), TimeUnit.SECONDS);
    command.destroyForcibly();
    assertThat(ended).as("ended within " + (System.nanoTime() - began) / 1_000_000 + " ms").isTrue();
  }

  @Test
  void askedToEndWhileAReadingHangsTheRecorderEndsAtOnceAndItsFileIsWhole() throws Exception {
    Process recorder = recorder("smaps");
    awaitThatItSays("recording");
    // The first ledger is due in the first round, after the first reading.
    for (int i = 0; i < 1_200 && readings(0) == 0; i++) {
      Thread.sleep(50);
    }
    mustEndSoon(recorder);
    assertThat(said()).as("asked before the reading was given up").doesNotContain("hangs; it is not recorded");
    assertThat(recorder.exitValue()).as(said()).isZero();
    Recording recording = RecordingFiles.open(file);
    assertThat(recording.problems()).isEmpty();
    assertThat(recording.runs().getFirst().isClosed()).isTrue();
    assertThat(recording.tracks().getFirst().samples().size()).isPositive();
    assertThat(said()).contains("is still running", "tells the story");
  }

  @Test
  void aProcessThatHangsIsLeftOutAndTheOtherIsRecordedOn() throws Exception {
    Process recorder = recorder("smaps");
    awaitThatItSays("hangs; it is not recorded until that ends");
    awaitReadingsOfTheOther(readingsOfTheOther() + 10);
    hanging.destroyForcibly();
    awaitThatItSays("ended");
    mustEndSoon(recorder);
    List<RecordedTrack> tracks = RecordingFiles.open(file).tracks();
    assertThat(tracks.getFirst().ending()).as("how the one that hangs ended").isPresent();
    assertThat(tracks.get(1).weighings()).as("ledgers of the other").isNotEmpty();
  }

  @Test
  void aSingleReadingThatHangsEndsWithTheSignalToo() throws Exception {
    Process explain = tare("smaps", Long.toString(hanging.pid()));
    Thread.sleep(3_000);
    assertThat(explain.isAlive()).as(said()).isTrue();
    mustEndSoon(explain);
  }

  @Test
  void aSingleReadingThatHangsIsGivenUpAndSaysSo() throws Exception {
    Process explain = tare("smaps", Long.toString(hanging.pid()));
    assertThat(explain.waitFor(80, TimeUnit.SECONDS)).isTrue();
    assertThat(said()).contains("reading smaps of process " + hanging.pid() + " hangs; given up after 45 s");
    assertThat(explain.exitValue()).isEqualTo(3);
  }

  @Test
  void theListOfAllProcessesLeavesOutTheOneThatHangs() throws Exception {
    Process ps = tare("maps", "ps");
    assertThat(ps.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said().lines()).anyMatch(line -> line.contains("process " + hanging.pid() + " is left out"))
        .anyMatch(line -> line.strip().startsWith(Long.toString(other.pid())));
    assertThat(ps.exitValue()).isZero();
  }
}
