package io.tare.app.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import io.tare.history.live.RecordingFiles;
import io.tare.history.recording.Recording;
import io.tare.model.history.Mark;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code record}, {@code run}, {@code watch} and {@code mark} at the command line, good input and bad. */
@Tag("slow")
@Timeout(120)
class OverTimeCommandsTest {
  private static final String SELF = Long.toString(ProcessHandle.current().pid());
  private final Terminal terminal = new Terminal();

  @TempDir
  private Path folder;

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aRunPassesTheExitCodeOnAndTellsItsStory() {
    assertThat(terminal.run("run", "-o", file("x.tarerec"), "--", "sh", "-c", "sleep 1; exit 7")).isEqualTo(7);
    assertThat(terminal.err()).contains("BASELINE", "PEAK", "END  ended by itself with exit code 7");
    assertThat(terminal.run(file("x.tarerec"))).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("ended by itself with exit code 7");
    assertThat(terminal.run(file("x.tarerec"), "--format", "json")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"schema\": \"tare.story/1\"", "\"answer\": \"cannot-tell\"");
  }

  @Test
  void aRunCanEndWithZeroWhateverTheCommandDoes() {
    assertThat(terminal.run("run", "--exit-zero", "--quiet", "-o", file("x.tarerec"), "--", "false"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.err()).doesNotContain("BASELINE");
  }

  @Test
  void marksOfTheOutputBecomePhases() {
    terminal.run("run", "-o", file("x.tarerec"), "--mark-pattern", "phase (\\w+)", "--", "sh", "-c",
        "sleep 0.5; echo '[MEMSTATS:START] Alloc=1MB' >&2; sleep 0.5; echo phase two >&2; sleep 0.5");
    assertThat(terminal.err()).contains("START \u2192 two", "two \u2192 (end)");
  }

  @Test
  void aCommandSaysItsOwnMarksThroughTheEnvironment() {
    terminal.run("run", "-o", file("x.tarerec"), "--", "sh", "-c",
        "echo \"mark at=$(date +%s)000 label=FROM%20SHELL items=5\" >> \"$TARE_RECORDING.marks\"; sleep 1.5");
    assertThat(terminal.err()).contains("FROM SHELL");
  }

  @Test
  void aCommandThatIsMissingIsSaidAndLeavesNoFile() {
    assertThat(terminal.run("run", "-o", file("x.tarerec"), "--", "no-such-command-here"))
        .isEqualTo(127);
    assertThat(terminal.err()).contains("no-such-command-here can't be started").doesNotContain("\tat ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aCommandThatCannotBeRunGivesWhatShellsGive() {
    assertThat(terminal.run("run", "-o", file("x.tarerec"), "--", folder.toString())).isEqualTo(126);
    assertThat(folder).isEmptyDirectory();
  }

  /** Fifty milliseconds or none: how it ended is known, and the kernel's count of its processor time. */
  @Test
  void theShortestProgramHasItsExitCodeAndItsStory() {
    assertThat(terminal.run("run", "-o", file("x.tarerec"), "--", "sh", "-c", "exit 5")).isEqualTo(5);
    assertThat(terminal.err()).contains("ended by itself with exit code 5");
    assertThat(terminal.run("run", "-o", file("y.tarerec"), "--", "sh", "-c", "kill -9 $$")).isEqualTo(137);
    assertThat(terminal.run(file("y.tarerec"), "--format", "json")).isZero();
    assertThat(terminal.out()).contains("\"cause\": \"SIGNALLED\"", "\"cpuNanos\": ");
  }

  /** What ends in exec is the program that it becomes: in name, runtime and first ledger. */
  @Test
  void aScriptThatEndsInExecIsTheProgramThatItBecomes() {
    terminal.run("run", "-o", file("x.tarerec"), "--interval", "100ms", "--", "sh", "-c", "sleep 1; exec sleep 3");
    assertThat(terminal.err()).contains("has become sleep").containsPattern("\nsleep, pid \\d+\n");
    assertThat(terminal.run(file("x.tarerec"), "--format", "json")).isZero();
    assertThat(terminal.out()).contains("\"name\": \"sleep\"", "\"reason\": \"EXEC\"");
  }

  @Test
  void theSpikeBetweenTwoReadingsIsInTheStoryAsTheKernelCountsIt() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/time")),
        "that a run's peak is the one that time(1) tells needs /usr/bin/time");
    Path told = folder.resolve("told");
    // Larger than whoever starts it: then the kernel's count of the child is exact, however busy the machine is.
    List<String> spike = List.of("dd", "if=/dev/zero", "of=/dev/null", "bs=900M", "count=1");
    new ProcessBuilder(
        Stream.concat(Stream.of("/usr/bin/time", "-f", "%M", "-o", told.toString()), spike.stream()).toList())
        .redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start().waitFor();
    terminal.run(Stream.concat(Stream.of("run", "-o", file("x.tarerec"), "--"), spike.stream()).toArray(String[]::new));
    terminal.run(file("x.tarerec"), "--format", "json");
    Matcher peak = Pattern.compile("\"cpuNanos\"|\"peakBytes\": (\\d+)").matcher(
        terminal.out().substring(terminal.out().indexOf("\"ending\"")));
    assertThat(peak.find()).isTrue();
    double truth = Long.parseLong(Files.readString(told).strip()) * 1024.0;
    assertThat(Long.parseLong(peak.group(1))).isBetween((long) (truth * 0.97), (long) (truth * 1.03));
  }

  @Test
  void budgetsAreLearntAndTheirMistakesAreUsageErrors() {
    terminal.run("record", SELF, "-o", file("x.tarerec"), "--for", "1200ms", "--interval", "200ms");
    assertThat(terminal.run("check", file("x.tarerec"), "--learn", file("orders.budget"))).isZero();
    assertThat(terminal.run("check", file("x.tarerec"), "--max", "threads=5MB")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("check", file("x.tarerec"), "--max", "heap.lives=5MB")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("did you mean 'heap.live'?");
    assertThat(terminal.run("check", file("x.tarerec"), file("x.tarerec"), "--max", "rss=1MB", "--github"))
        .isEqualTo(ExitCode.FINDING);
    assertThat(terminal.out()).contains("::error title=memory budget::");
    assertThat(terminal.run("check", file("x.tarerec"), "--budget", file("orders.budget")))
        .as("kept, but too short to rule a leak out").isEqualTo(ExitCode.COULD_NOT_MEASURE);
  }

  @Test
  void helpBehindTheDashesIsTheCommandsOwn() {
    assertThat(terminal.run("run", "--quiet", "-o", file("x.tarerec"), "--", "test", "--help", "=", "--help"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).doesNotContain("Usage: tare");
  }

  @Test
  void recordingAgainGoesOnWithTheSameProcessAndRefusesAnother() throws Exception {
    String recording = file("x.tarerec");
    assertThat(terminal.run("record", SELF, "-o", recording, "--for", "300ms", "--interval", "100ms")).isZero();
    assertThat(terminal.run("record", SELF, "-o", recording, "--for", "300ms", "--interval", "100ms")).isZero();
    assertThat(terminal.run(recording, "--format", "json")).isZero();
    assertThat(terminal.out()).containsOnlyOnce("\"pid\": " + SELF);
    Process other = new ProcessBuilder("sleep", "30").start();
    try {
      assertThat(terminal.run("record", Long.toString(other.pid()), "-o", recording)).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("is a recording of another process");
      assertThat(terminal.run("record", Long.toString(other.pid()), "-o", recording, "--append", "--for", "300ms"))
          .isZero();
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void recordingsThatAreNoneAreRefusedInASentence() throws Exception {
    Path foreign = Files.writeString(folder.resolve("a.tarerec"), "this is something else altogether");
    Path cut = Files.writeString(folder.resolve("b.tarerec"), "TARE-R");
    assertThat(terminal.run(foreign.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run(cut.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run(file("none.tarerec"))).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run("record", SELF, "-o", foreign.toString())).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err().lines()).hasSize(4).allMatch(line -> line.startsWith("tare: "));
    assertThat(Files.readString(foreign)).as("not touched").isEqualTo("this is something else altogether");
  }

  @Test
  void badInputIsUsage() {
    assertThat(terminal.run("record")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("record", SELF, "--interval", "often")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("record", SELF, "--mark-pattern", "(")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("run")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("watch", SELF, "--alert", "rss >")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("watch", SELF, "--metrics", "http", "--for", "1s")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("mark")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.run("mark", "A", "many")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("is no regular expression").doesNotContain("\tat ");
  }

  @Test
  void aProcessThatIsNotThereCannotBeMeasured() {
    assertThat(terminal.run("record", "4194305", "-o", file("x.tarerec"))).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.run("watch", "4194305")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(folder).as("no empty recording is left").isEmptyDirectory();
  }

  @Test
  void markingARecordingThatNobodyWritesIsSaid() {
    assertThat(terminal.run("mark", "A", "--recording", file("none.tarerec"))).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("nobody is writing");
  }

  @Test
  void whatIsWatchedAndRecordedGoesOnAndHearsMarks() throws Exception {
    String file = file("watched.tarerec");
    assertThat(terminal.run("watch", SELF, "--record", file, "--for", "300ms", "--interval", "100ms"))
        .isEqualTo(ExitCode.FINE);
    Thread watch = new Thread(() -> new Terminal().run("watch", SELF, "--record", file, "--for", "6s", "--interval",
        "100ms"));
    watch.start();
    while (!Files.exists(Path.of(file + ".marks")) && watch.isAlive()) {
      Thread.sleep(20);
    }
    assertThat(terminal.run("mark", "LOADED", "--recording", file)).isEqualTo(ExitCode.FINE);
    Recording recording = RecordingFiles.open(Path.of(file));
    while (recording.tracks().getFirst().marks().isEmpty() && watch.isAlive()) {
      Thread.sleep(50);
      recording = RecordingFiles.open(Path.of(file));
    }
    assertThat(recording.tracks()).as("the same process, one track").singleElement()
        .satisfies(track -> assertThat(track.marks()).extracting(Mark::label).containsExactly("LOADED"));
    assertThat(recording.runs()).hasSize(2);
    watch.join();
    Process other = new ProcessBuilder("sleep", "20").start();
    try {
      assertThat(terminal.run("watch", Long.toString(other.pid()), "--record", file, "--for", "1s"))
          .isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("is a recording of another process");
    } finally {
      other.destroyForcibly();
    }
  }

  @Test
  void watchingWithoutATerminalPrintsLinesAndAnAlarmIsAFinding() {
    assertThat(terminal.run("watch", SELF, "--for", "400ms", "--interval", "100ms", "--alert", "rss > 1MB"))
        .isEqualTo(ExitCode.FINDING);
    assertThat(terminal.out()).contains("gross", "leak: cannot tell yet").doesNotContain("\u001b");
    assertThat(terminal.err()).contains("ALERT").contains("rss > 1MB");
    assertThat(terminal.run("watch", SELF, "--for", "300ms", "--interval", "100ms")).isEqualTo(ExitCode.FINE);
  }

  @Test
  void aPortThatIsTakenIsSaid() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(terminal.run("watch", SELF, "--metrics", Integer.toString(taken.getLocalPort()), "--for", "1s"))
          .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    }
    assertThat(terminal.err()).contains("metrics can't be served at port").doesNotContain("\tat ");
  }
}
