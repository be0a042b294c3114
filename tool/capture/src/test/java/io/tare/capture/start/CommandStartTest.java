package io.tare.capture.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.kernel.ChildEnd;
import io.tare.model.history.Ending.Usage;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command that is started to be measured is what it would be without us, and its peak is its own. */
@Tag("slow")
class CommandStartTest {
  private static final long MB = 1 << 20;

  @TempDir
  private Path folder;

  private ProcessBuilder command(String... words) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(folder.resolve("output").toFile()).redirectError(folder.resolve("errors").toFile());
    // Of the machine that runs the tests, not of what is tested.
    builder.environment().keySet().removeIf(name -> !List.of("PATH", "HOME").contains(name));
    return builder;
  }

  private static int exit(StartedCommand started) throws Exception {
    return started.exit().get(60, TimeUnit.SECONDS);
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("output"));
  }

  private static long peak(StartedCommand started) throws Exception {
    exit(started);
    return started.usage().get().peakBytes().orElseThrow();
  }

  /** The JVM that starts it is fifty times as large; over at once, it is never seen while it runs. */
  @Test
  void theSmallestProgramsPeakIsItsOwn() throws Exception {
    StartedCommand nothing = CommandStart.start(command("true"), false);
    assertThat(nothing.roughly()).isEmpty();
    assertThat(peak(nothing)).isBetween(MB / 4, 4 * MB);
  }

  /** Where the shell is a large one, a smaller program's peak is the shell's: that is no answer. */
  @Test
  void whatMayBeTheForksOwnPeakIsNotTold() {
    CompletableFuture<ChildEnd> end = CompletableFuture.completedFuture(new ChildEnd(0, 3 * MB, 7));
    assertThat(ShellStart.usage(end, 3 * MB)).isEqualTo(new Usage(OptionalLong.empty(), OptionalLong.of(7)));
    assertThat(ShellStart.usage(end, 3 * MB - 1)).isEqualTo(new Usage(OptionalLong.of(3 * MB), OptionalLong.of(7)));
    CompletableFuture<ChildEnd> small = CompletableFuture.completedFuture(new ChildEnd(0, MB, 7));
    assertThat(ShellStart.usage(small, MB).peakBytes()).hasValue(MB);
  }

  @Test
  void aPeakIsWhatTheProgramItselfReadsLast() throws Exception {
    StartedCommand shell = CommandStart.start(command("sh", "-c",
        "x=$(head -c 9000000 /dev/zero | tr '\\0' x); grep VmHWM /proc/$$/status"), false);
    long peak = peak(shell);
    long truth = Long.parseLong(output().replaceAll("\\D", "")) * 1024;
    assertThat(truth).isGreaterThan(9 * MB);
    assertThat(peak).isBetween(truth, truth + truth / 100);
  }

  /** Counted by the kernel in ticks at worst: what it did is made long enough. */
  @Test
  void itsProcessorTimeIsTold() throws Exception {
    StartedCommand busy = CommandStart.start(
        command("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; times"),
        false);
    exit(busy);
    Usage usage = busy.usage().get();
    long own = minutesAndSeconds(output().lines().findFirst().orElseThrow());
    assertThat(usage.cpuNanos().orElseThrow()).isBetween(own - 20_000_000, own + 200_000_000);
  }

  private static long minutesAndSeconds(String line) {
    long nanos = 0;
    for (String one : line.strip().split(" ")) {
      String[] parts = one.replace("s", "").split("m");
      nanos += (long) ((60 * Double.parseDouble(parts[0]) + Double.parseDouble(parts[1])) * 1e9);
    }
    return nanos;
  }

  @Test
  void exitCodesAndSignalsAreExact() throws Exception {
    for (int code : List.of(0, 1, 7, 125, 126, 127, 255)) {
      assertThat(exit(CommandStart.start(command("sh", "-c", "exit " + code), false))).isEqualTo(code);
    }
    assertThat(exit(CommandStart.start(command("sh", "-c", "kill -9 $$"), false))).isEqualTo(137);
    assertThat(exit(CommandStart.start(command("sh", "-c", "kill -11 $$"), false))).isEqualTo(139);
  }

  @Test
  void aHundredThatAreOverAtOnceAreAllTold() throws Exception {
    for (int i = 0; i < 100; i++) {
      StartedCommand one = CommandStart.start(command("sh", "-c", "exit " + i), false);
      assertThat(exit(one)).isEqualTo(i);
      assertThat(one.usage().get().peakBytes()).as("run %d", i).isPresent();
    }
  }

  /** With the JDK's own way as the reference. */
  @Test
  void environmentFolderDescriptorsAndSignalsAreAsWithoutUs() throws Exception {
    String look = "cat /proc/$$/environ | tr '\\0' '\\n' | LC_ALL=C sort; pwd; ls /proc/self/fd; grep ^Sig[BICP] /proc/self/status;"
        + " awk '{print $4, $5, $6, $19}' /proc/$$/stat; ulimit -a; umask";
    List<String> seen = new ArrayList<>();
    for (boolean byShell : List.of(true, false)) {
      ProcessBuilder builder = command("bash", "-c", look).directory(folder.toFile());
      builder.environment().putAll(Map.of("EMPTY", "", "SPACES", " a  b ", "LINES2", "a\nb", "QUOTES", "'\"$(x)`y`\\"));
      StartedCommand one = byShell
          ? CommandStart.start(builder, false)
          : CommandStart.directly(builder, false, Optional.empty());
      assertThat(one.roughly()).isEmpty();
      assertThat(exit(one)).isZero();
      seen.add(output());
    }
    assertThat(seen.getFirst()).contains("QUOTES='\"$(x)`y`\\").contains(folder.toString()).isEqualTo(seen.getLast());
  }

  @Test
  void argumentsAreHandedOnAsTheyAre() throws Exception {
    exit(CommandStart.start(command("printf", "[%s]", "", " a b ", "$(x)", "'", "\\", "-n", "ä\n"), false));
    assertThat(output()).isEqualTo("[][ a b ][$(x)]['][\\][-n][ä\n]");
  }

  @Test
  void inputIsTheCommands() throws Exception {
    Path input = Files.writeString(folder.resolve("input"), "first\nsecond\n");
    exit(CommandStart.start(command("cat").redirectInput(input.toFile()), false));
    assertThat(output()).isEqualTo("first\nsecond\n");
  }

  @Test
  void outputsAreReadToTheirEnd() throws Exception {
    StartedCommand both = CommandStart.start(command("sh", "-c", "head -c 300000 /dev/zero; echo bad >&2; exit 3"),
        true);
    byte[] output = both.outputs().getFirst().readAllBytes();
    assertThat(output).hasSize(300_000);
    assertThat(both.outputs().getLast().readAllBytes()).asString().isEqualTo("bad\n");
    assertThat(exit(both)).isEqualTo(3);
    assertThat(both.usage().get().peakBytes().orElseThrow()).isLessThan(8 * MB);
  }

  @Test
  void whatIsNotThereIsToldByTheKernelsReason() {
    assertThatThrownBy(() -> CommandStart.start(command("no-such-command-here"), false)).isInstanceOf(IOException.class)
        .hasMessageContaining("No such file");
    assertThatThrownBy(() -> CommandStart.start(command(folder.toString()), false)).isInstanceOf(IOException.class)
        .hasMessageContaining("ermission denied");
  }

  /** The file is there and may be run: only who executes it finds out. */
  @Test
  void aScriptWithoutItsInterpreterCannotBeStarted() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "#!/no/such/interpreter\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThatThrownBy(() -> CommandStart.start(command(script.toString()), false)).isInstanceOf(IOException.class)
        .hasMessageContaining("No such file");
  }

  @Test
  void aTextWithoutAnInterpreterIsAScriptOfTheShell() throws Exception {
    Path script = Files.writeString(folder.resolve("script"), "echo script; exit 9\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    assertThat(exit(CommandStart.start(command(script.toString()), false))).isEqualTo(9);
    assertThat(output()).isEqualTo("script\n");
  }

  /** Where a shell would lose a variable the JDK starts it, and that is said; the peak is seen, or it is not told. */
  @Test
  void aVariableThatAShellWouldLoseArrives() throws Exception {
    for (Map<String, String> odd : List.of(Map.of("a.b", "1"), Map.of("IFS", "x"), Map.of("PWD", "/nowhere"),
        Map.of("SHLVL", "x"), Map.of("OLDPWD", "/no/where"), Map.of("BASH_FUNC_x%%", "() { :; }"))) {
      ProcessBuilder builder = command("cat", "/proc/self/environ");
      builder.environment().putAll(odd);
      StartedCommand started = CommandStart.start(builder, false);
      assertThat(exit(started)).isZero();
      odd.forEach((name, value) -> {
        assertThat(started.roughly().orElseThrow()).contains(name);
        assertThat(environment()).contains(name + "=" + value);
      });
    }
  }

  @Test
  void theShellsOwnVariablesStayAsTheyWere() throws Exception {
    ProcessBuilder builder = command("cat", "/proc/self/environ").directory(folder.toFile());
    Map<String, String> usual = Map.of("PWD", folder.toString(), "OLDPWD", "/", "SHLVL", "3");
    builder.environment().putAll(usual);
    StartedCommand started = CommandStart.start(builder, false);
    assertThat(started.roughly()).isEmpty();
    exit(started);
    usual.forEach((name, value) -> assertThat(environment()).contains(name + "=" + value));
    exit(CommandStart.start(command("cat", "/proc/self/environ"), false));
    assertThat(environment()).noneMatch(line -> line.startsWith("PWD=") || line.startsWith("SHLVL="));
  }

  private List<String> environment() {
    try {
      return List.of(output().split("\0", -1));
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  /** What the command leaves behind is not ours: a process that nobody waits for would stay as a zombie. */
  @Test
  void orphansOfTheCommandAreNotTakenIn() throws Exception {
    StartedCommand parent = CommandStart.start(command("sh", "-c", "sleep 30 > /dev/null 2>&1 & echo $!"), false);
    assertThat(exit(parent)).isZero();
    long orphan = Long.parseLong(output().strip());
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(orphan), "stat"));
      assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]).as("its parent")
          .isNotEqualTo(Long.toString(ProcessHandle.current().pid()));
    } finally {
      ProcessHandle.of(orphan).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void itCanBeEndedAndNothingOfUsIsLeft() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    StartedCommand sleeper = CommandStart.start(command("sleep", "60"), false);
    assertThat(ProcessHandle.current().children().filter(one -> !before.contains(one)))
        .containsExactly(sleeper.handle());
    assertThat(sleeper.handle().info().command().orElseThrow()).endsWith("sleep");
    sleeper.handle().destroy();
    assertThat(exit(sleeper)).isEqualTo(143);
    assertThat(sleeper.handle().isAlive()).isFalse();
  }

  @Test
  void withoutAShellThePeakOfTheLargeIsExactAndOfTheSmallIsSeen() throws Exception {
    StartedCommand shell = CommandStart
        .directly(command("sh", "-c", "x=$(head -c 9000000 /dev/zero | tr '\\0' x); sleep 0.5")
            .redirectOutput(Redirect.DISCARD), false, Optional.of("there is no shell"));
    assertThat(peak(shell)).isBetween(9 * MB, 60 * MB);
    assertThat(shell.roughly()).contains("there is no shell");
  }
}
