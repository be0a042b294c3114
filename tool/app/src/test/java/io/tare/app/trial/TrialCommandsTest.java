package io.tare.app.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.Terminal;
import io.tare.app.cli.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@Timeout(180)
class TrialCommandsTest {
  /** A shell that holds a text of so many bytes for a second. */
  private static final String HOLDER = "text=$(head -c {BYTES} /dev/zero | tr '\\0' x); sleep 1.2; echo ${#text}";

  @TempDir
  private Path folder;

  private final Terminal terminal = new Terminal();

  private int attempt(String... words) {
    List<String> line = new ArrayList<>(List.of("try", "--keep", folder.resolve("trial").toString()));
    line.addAll(Arrays.asList(words));
    return terminal.run(line.toArray(String[]::new));
  }

  /** The medians of a measure by variant, as the JSON tells them. */
  private List<Double> medians(String measure) {
    Matcher matcher = Pattern
        .compile("\"measure\": \"" + measure + "\",\\s*\"unit\": \"[a-z_-]+\",\\s*\"median\": ([0-9.E]+)")
        .matcher(terminal.out());
    List<Double> medians = new ArrayList<>();
    while (matcher.find()) {
      medians.add(Double.parseDouble(matcher.group(1)));
    }
    return medians;
  }

  @Test
  void theLighterOfTwoIsFoundAndTheFileSaysHowMuch() {
    assertThat(
        attempt("--vary", "BYTES=60000000,20000000", "--rounds", "2", "--format", "json", "--", "sh", "-c", HOLDER))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("\"best\": \"BYTES=20000000\"", "\"verdict\": \"less\"");
    Path page = folder.resolve("report.html");
    assertThat(terminal.run("diff", folder.resolve("trial").toString())).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("BYTES=20000000 weighs least: ", "held against BYTES=60000000",
        "median of 2 runs");
    assertThat(terminal.run("diff", folder.resolve("trial").toString(), "-o", page.toString()))
        .isEqualTo(ExitCode.FINE);
    assertThat(page).content().contains("<h2>b. BYTES=20000000</h2>");
  }

  @Test
  void theFileOfATrialSaysTheMedians() {
    attempt("--vary", "BYTES=60000000,20000000", "--rounds", "2", "--format", "json", "--", "sh", "-c", HOLDER);
    assertThat(medians("peak")).hasSize(2);
    assertThat(medians("peak").get(0) - medians("peak").get(1)).isGreaterThan(40e6);
    assertThat(medians("time")).allSatisfy(seconds -> assertThat(seconds).isBetween(1.0, 20.0));
  }

  /** As -Xlog:gc writes it to where the program's output goes; of two pauses the longer is the one that 99 of 100 stay below. */
  @Test
  void pausesAreReadFromTheCollectionLogInTheOutputOfARun() {
    String log = "printf '[0.1s][info][gc] Using Serial\\n[0.2s][info][gc] GC(0) Pause Young (Allocation Failure) 40M->10M(64M) "
        + "3.500ms\\n[0.9s][info][gc] GC(1) Pause Young (Allocation Failure) 40M->10M(64M) {MS}.000ms\\n'; sleep 1";
    String[] words = {"--vary", "MS=7,9", "--rounds", "1", "--format", "json", "--", "sh", "-c", log};
    assertThat(attempt(words)).isEqualTo(ExitCode.FINE);
    assertThat(medians("pause-p99")).containsExactly(0.007, 0.009);
    assertThat(attempt(words)).isEqualTo(ExitCode.FINE);
    assertThat(medians("pause-p99")).as("printed so far: what was kept tells the same").containsExactly(0.007, 0.009,
        0.007, 0.009);
  }

  @Test
  void whatWasRunIsNotRunAgainAndAnotherTrialIsRefusedItsFolder() throws IOException {
    String[] words = {"--vary", "BYTES=1000000,2000000", "--rounds", "1", "--", "sh", "-c", HOLDER};
    attempt(words);
    Path second = folder.resolve("trial/variant-02-round-01.ended");
    assertThat(Files.readString(second)).isEqualTo("fine\n");
    Files.delete(second);
    terminal.run("version");
    attempt(words);
    assertThat(terminal.err()).contains("[1/2] BYTES=1000000: done before", "[2/2] BYTES=2000000: peak ");
    assertThat(attempt("--vary", "BYTES=1,2", "--", "sh", "-c", HOLDER)).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("holds another trial");
  }

  @Test
  void twoTrialsAtOnceInOneFolderWouldOverwriteEachOther() throws IOException {
    String[] words = {"--vary", "BYTES=1000000,2000000", "--rounds", "1", "--", "sh", "-c", HOLDER};
    attempt(words);
    Path second = folder.resolve("trial/variant-02-round-01.ended");
    Files.delete(second);
    try (FileChannel plan = FileChannel.open(folder.resolve("trial/trial.txt"), StandardOpenOption.WRITE)) {
      assertThat(plan.tryLock()).isNotNull();
      assertThat(attempt(words)).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).contains("a trial runs in " + folder.resolve("trial")
          + " at the moment: wait for its end, or name another folder with --keep");
      assertThat(second).doesNotExist();
    }
    assertThat(attempt(words)).isEqualTo(ExitCode.FINE);
    assertThat(second).hasContent("fine");
  }

  @Test
  void aVariantThatFailsOrHangsIsSaidAndTheOthersAreKept() {
    assertThat(attempt("--vary", "HOW=sleep 1,exit 3,sleep 60,kill -9 $$", "--rounds", "1", "--at-most", "3s", "--",
        "sh", "-c", "{HOW}"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("HOW=exit 3, round 1: it ended with code 3",
        "HOW=sleep 60, round 1: it did not end within 3 s", "HOW=kill -9 $$, round 1: it was ended by signal 9;");
    assertThat(terminal.out()).contains("HOW=sleep 1 has the lowest peak");
  }

  @Test
  void aVariantThatDoesNotStartIsSaidAndTheOtherIsKept() {
    assertThat(attempt("--vary", "HOW=sleep,no-such-command-here", "--rounds", "1", "--", "{HOW}", "1"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("HOW=sleep has the lowest peak",
        "HOW=no-such-command-here, round 1: it could not be run and recorded: Cannot run program \"no-such-command-here\"");
  }

  /** A number that no command of another build has. */
  private static long ofOurs(int which) {
    return which * 10_000_000L + ProcessHandle.current().pid();
  }

  /** What was killed ends when the machine has a moment for it. */
  private static void mustBeGone(String command) throws InterruptedException {
    for (int i = 0; i < 600 && isAnywhere(command); i++) {
      Thread.sleep(50);
    }
    assertThat(isAnywhere(command)).as(command + " goes on").isFalse();
  }

  private static boolean isAnywhere(String command) {
    return ProcessHandle.allProcesses().flatMap(process -> process.info().commandLine().stream())
        .anyMatch(line -> line.equals(command) || line.endsWith("/" + command));
  }

  @Test
  void whatGoesIntoTheBackgroundIsEndedAndSaid() throws Exception {
    assertThat(attempt("--vary", "HOW=1,2", "--rounds", "1", "--", "sh", "-c", "sleep " + ofOurs(1) + " & sleep {HOW}"))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("left 1 processes behind");
    mustBeGone("sleep " + ofOurs(1));
  }

  @Test
  void whatAChildOfAMomentLeavesIsEndedToo() throws Exception {
    assertThat(attempt("--vary", "HOW=1,2", "--rounds", "1", "--", "sh", "-c", "sleep " + ofOurs(2) + " & : {HOW}"))
        .isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("left 1 processes behind");
    mustBeGone("sleep " + ofOurs(2));
  }

  @Test
  void aServerIsEndedAfterItsTimeOrOnceItIsIdle() {
    assertThat(attempt("--vary", "V=1,2", "--rounds", "1", "--until", "2s", "--", "sleep", "600{V}"))
        .isEqualTo(ExitCode.FINE);
    assertThat(terminal.out()).contains("V=1", "peak");
    assertThat(attempt("--vary", "V=1,2", "--keep", folder.resolve("idle").toString(), "--rounds", "1", "--until",
        "idle", "--", "sleep",
        "600{V}")).isEqualTo(ExitCode.FINE);
  }

  @Test
  void growthWithTheInputIsMeasuredAndForetold() throws IOException {
    assertThat(terminal.run("scale", "--sizes", "1e6,4e6,16e6,40e6", "--to", "8e7", "--rounds", "1", "--require",
        "linear", "--keep",
        folder.resolve("scale").toString(), "--format", "json", "--", "sh", "-c", HOLDER.replace("BYTES", "SIZE")))
        .isEqualTo(ExitCode.FINE);
    // The shell holds each character twice, beside itself.
    assertThat(figure("\"name\": \"peak memory\", \"unit\": \"bytes\", \"shape\": \"linear\".*?\"each\": ([0-9.]+)"))
        .isBetween(1.9, 2.1);
    assertThat(figure("\"items\": 80000000, \"value\": ([0-9.]+)")).isBetween(155e6, 170e6);

    String kept = folder.resolve("scale").toString();
    assertThat(terminal.run("check", kept, "--scales", "linear")).isEqualTo(ExitCode.FINE);
    Path xml = folder.resolve("scales.xml");
    assertThat(terminal.run("check", kept, "--scales", "constant", "--junit", xml.toString()))
        .isEqualTo(ExitCode.FINDING);
    assertThat(terminal.out().replaceAll("\\s+", " "))
        .containsPattern("BROKEN scales constant peak memory: linear: \\S+ MB and (1\\.9\\d|2\\.0\\d) bytes an item");
    assertThat(Files.readString(xml)).contains("tests=\"1\" failures=\"1\" errors=\"0\"", "scales constant");
  }

  @Test
  void whatNeverToldCurvesApartIsNotTakenForKept() throws IOException {
    String kept = folder.resolve("two").toString();
    terminal.run("scale", "--sizes", "1e6,4e6", "--rounds", "1", "--keep", kept, "--", "sh", "-c",
        HOLDER.replace("BYTES", "SIZE"));
    assertThat(terminal.run("check", kept, "--scales", "linear")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.out()).contains("measured at 2 sizes");
    assertThat(terminal.run("check", folder.toString(), "--scales", "linear")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("holds no trial");
    assertThat(terminal.run("check", kept, "--scales", "linear", "--no-leak")).isEqualTo(ExitCode.USAGE);
    Files.writeString(folder.resolve("trial.txt"), "1: GOGC=50\n   ./server\n");
    assertThat(terminal.run("check", folder.toString(), "--scales", "linear")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("not one of 'tare scale'");
  }

  @Test
  void aShellThatLetsAnotherProgramDoTheWorkIsNoRunOfIt() {
    String inner = "sh -c \"text=\\$(head -c 60000000 /dev/zero | tr '\\\\0' x); sleep 2; echo \\${#text}\"";
    assertThat(attempt("--vary", "HOW=,exec", "--rounds", "1", "--goal", "time", "--", "sh", "-c",
        "{HOW} " + inner + "; exit 0")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("HOW as it is, round 1: the work was done by ",
        "write 'exec' before it");
  }

  private static int shell(String line) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", line).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  @Test
  void onAFullDiskWhatRanBeforeIsKeptAndGoesOnLater() throws IOException, InterruptedException {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(shell("mount -t tmpfs -o size=200k tmpfs '" + small + "'") == 0,
        "that a full disk is said was not checked: it takes the right to mount a small one");
    try {
      String[] words = {"--vary", "N=1000,900000", "--rounds", "1", "--keep", small.resolve("trial").toString(), "--",
          "sh", "-c", "head -c {N} /dev/zero; sleep 1"};
      assertThat(attempt(words)).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).contains("[1/2] N=1000: peak ", "that run could not be kept: ", "Make room");
      assertThat(terminal.out()).contains("N=1000 has the lowest peak");
      assertThat(shell("mount -o remount,size=20m '" + small + "'")).isZero();
      assertThat(attempt(words)).isEqualTo(ExitCode.FINE);
      assertThat(terminal.err()).contains("[1/2] N=1000: done before", "[2/2] N=900000: peak ");
    } finally {
      shell("umount '" + small + "'");
    }
  }

  @Test
  void aCommandThatWantsATerminalHasNoneAndIsSaidWithWhereItsWordsAre() {
    assertThat(attempt("--vary", "HOW=sleep 1,test -t 0,read line", "--rounds", "1", "--at-most", "20s", "--",
        "sh", "-c", "{HOW}")).isEqualTo(ExitCode.FINE);
    assertThat(terminal.out().replaceAll("\\s+", " ")).contains("HOW=test -t 0, round 1: it ended with code 1",
        "HOW=read line, round 1: it ended with code 1; its output is in ");
  }

  private double figure(String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(terminal.out());
    assertThat(matcher.find()).as(terminal.out()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  @Test
  void wrongWordsAreRefusedWithWhatIsMeant() {
    assertThat(terminal.run("try", "--", "true")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("nothing is varied");
    assertThat(terminal.run("try", "--vary", "GOGC=50", "--", "true")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("one value");
    assertThat(terminal.run("try", "--vary", "GOGC=,50")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("which command?");
    assertThat(terminal.run("scale", "--sizes", "1e3,1e4", "--", "true")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("{SIZE}");
    assertThat(terminal.run("scale", "--sizes", "many", "--", "x", "{SIZE}")).isEqualTo(ExitCode.USAGE);
    assertThat(terminal.err()).contains("numbers such as 1e5");
  }
}
