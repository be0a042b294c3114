package io.tare.app.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.app.Terminal;
import io.tare.app.cli.Arguments;
import io.tare.app.cli.Confirmation;
import io.tare.app.cli.Console;
import io.tare.app.cli.ExitCode;
import io.tare.app.cli.UsageException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code tare heap PID} on live JVMs. */
@Tag("slow")
class HeapOfProcessTest {
  private static final long SIZE = 24L << 20;
  private final Terminal terminal = new Terminal();

  @TempDir
  private Path folder;

  private static Set<String> leftIn(Path place) throws IOException {
    Set<String> names = new TreeSet<>();
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.list(place)) {
        files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(".tare-heap-"))
            .forEach(names::add);
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aRunningJvmIsDumpedAndExplainedAndNothingStaysBehind(int feature) throws Exception {
    try (LiveProgram program = LiveProgram.start("direct-buffers", LiveProgram.java(feature), SIZE)) {
      int code = terminal.run("heap", program.pid(), "--yes", "--dump-in", folder.toString(), "--format", "json");
      assertThat(code).as(terminal.err()).isEqualTo(ExitCode.FINE);
      assertThat(terminal.out()).contains("\"schema\": \"tare.heap/1\"", "\"observer\": {", "\"native\": {",
          "\"what\": \"direct buffers and arenas\"", "\"meaning\": \"they agree\"");
      assertThat(terminal.err()).contains("heap in use", "stand still", "removed after the analysis", "dumped");
      assertThat(leftIn(folder)).isEmpty();
      assertThat(program.process().isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void aDumpWithANameStaysAndIsPrivate(int feature) throws Exception {
    Path dump = folder.resolve("app.hprof");
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(feature), SIZE)) {
      int code = terminal.run("heap", program.pid(), "-y", "--live", "-o", dump.toString());
      assertThat(code).as(terminal.err()).isEqualTo(ExitCode.FINE);
      assertThat(terminal.out()).contains("Suspects", "What the dump cost", "a full collection included");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
      assertThat(Files.size(dump)).isGreaterThan(SIZE / 2);
      assertThat(terminal.run("heap", program.pid(), "-y", "-o", dump.toString())).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("nothing is overwritten");
    }
    assertThat(terminal.run("heap", dump.toString(), "--class", "byte[]")).isEqualTo(ExitCode.FINE);
    assertThat(leftIn(folder)).isEmpty();
  }

  @Test
  void aDumpIsPutBesideACaptureOfItsProcess() throws Exception {
    Path dump = folder.resolve("app.hprof");
    Path capture = folder.resolve("app.tare");
    try (LiveProgram program = LiveProgram.start("direct-buffers", LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("capture", program.pid(), "-o", capture.toString())).isEqualTo(ExitCode.FINE);
      assertThat(terminal.run("heap", program.pid(), "-y", "-o", dump.toString(), "--class", "java.lang.String"))
          .as(terminal.err()).isEqualTo(ExitCode.FINE);
    }
    Terminal later = new Terminal();
    assertThat(later.run("heap", dump.toString(), "--with", capture.toString())).isEqualTo(ExitCode.FINE);
    assertThat(later.out()).contains("Native memory", "direct buffers and arenas", "they agree",
        "no Java object owns", "libraries");
    Path page = folder.resolve("heap.html");
    assertThat(later.run("heap", dump.toString(), "--with", capture.toString(), "-o", page.toString()))
        .isEqualTo(ExitCode.FINE);
    assertThat(Files.readString(page)).contains("Native memory", "No Java object owns");
  }

  @Test
  void aCompressedDumpIsReadAsWell() throws Exception {
    Path dump = folder.resolve("app.hprof.gz");
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("heap", program.pid(), "-y", "--gz", "1", "-o", dump.toString()))
          .as(terminal.err()).isEqualTo(ExitCode.FINE);
    }
    assertThat(Files.readAllBytes(dump)).startsWith(0x1f, 0x8b);
    assertThat(terminal.run("heap", "1", "--gz", "12", "-y")).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void withoutAYesNothingIsDone() throws Exception {
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("heap", program.pid())).isEqualTo(ExitCode.USAGE);
      assertThat(terminal.err()).contains("--yes");
      assertThat(answering("n\n", program)).endsWith("nothing was done");
      assertThat(answering("", program)).endsWith("nothing was done");
      assertThat(Files.exists(Path.of("/tmp/.java_pid" + program.pid()))).as("it was never contacted").isFalse();
      assertThat(answering("yes\n", program)).contains("dumped");
    }
  }

  private String answering(String answer, LiveProgram program) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(new ByteArrayOutputStream()),
        new PrintStream(err, true, StandardCharsets.UTF_8), false, false, Map.of());
    Arguments arguments = Arguments.parse(HeapCommand.COMMAND, List.of(program.pid(), "--dump-in", folder.toString()));
    Confirmation confirmation = new Confirmation(
        new ByteArrayInputStream(answer.getBytes(StandardCharsets.US_ASCII)), true);
    assertThat(HeapCommand.run(arguments, console, confirmation)).isEqualTo(ExitCode.FINE);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Dump it? [y/N]");
    return err.toString(StandardCharsets.UTF_8).lines().toList().getLast();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-XX:+DisableAttachMechanism", "-XX:-UsePerfData", "-XX:+PerfDisableSharedMem"})
  void aJvmThatMustNotBeAskedIsLeftAlone(String flag) throws Exception {
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(25), SIZE, flag)) {
      assertThat(terminal.run("heap", program.pid(), "--yes")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).containsAnyOf("DisableAttachMechanism", "performance data").doesNotContain("dumped");
      assertThat(program.process().isAlive()).isTrue();
    }
  }

  @Test
  void whatIsNoJvmIsLeftAlone() throws Exception {
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    try {
      assertThat(terminal.run("heap", Long.toString(sleeping.pid()), "--yes")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).contains("HotSpot");
      assertThat(sleeping.isAlive()).isTrue();
    } finally {
      sleeping.destroy();
    }
  }

  @Test
  void aFolderThatTheJvmCannotWriteToIsSaid() throws Exception {
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("heap", program.pid(), "--yes", "--dump-in", "/proc"))
          .isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.run("heap", program.pid(), "--yes", "--dump-in", "here"))
          .isEqualTo(ExitCode.COULD_NOT_MEASURE);
      assertThat(terminal.err()).contains("--dump-in");
    }
    assertThat(terminal.run("heap", "4194305", "--yes")).isEqualTo(ExitCode.COULD_NOT_MEASURE);
    assertThat(terminal.err()).contains("there is no process 4194305");
  }

  @Test
  void aJvmOfAnotherUserWritesIntoAFolderOfItsOwn() throws Exception {
    List<String> asNobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    mayStartBy(asNobody);
    Path dump = folder.resolve("other.hprof");
    try (LiveProgram program = LiveProgram.startBy(asNobody, LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("heap", program.pid(), "-y", "-o", dump.toString(), "--class", "java.lang.String"))
          .as(terminal.err()).isEqualTo(ExitCode.FINE);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump))).isEqualTo("rw-------");
    assertThat(Files.getOwner(dump)).isEqualTo(Files.getOwner(folder));
    assertThat(leftIn(folder)).isEmpty();
  }

  @Test
  void aJvmWithMountsOfItsOwnIsReachedThroughItsRoot() throws Exception {
    Path tmp = Files.createDirectory(folder.resolve("tmp"));
    List<String> apart = List.of("unshare", "-m", "sh", "-c", "mount --bind " + tmp + " /tmp && exec \"$@\"", "sh");
    mayStartBy(apart);
    Path dump = folder.resolve("apart.hprof");
    try (LiveProgram program = LiveProgram.startBy(apart, LiveProgram.java(25), SIZE)) {
      assertThat(terminal.run("heap", program.pid(), "-y", "--dump-in", "/tmp", "-o", dump.toString(), "--class",
          "java.lang.String")).as(terminal.err()).isEqualTo(ExitCode.FINE);
      assertThat(leftIn(tmp)).isEmpty();
    }
    assertThat(dump).isNotEmptyFile();
  }

  /** Only root may do so, and not in every container. */
  private static void mayStartBy(List<String> command) throws Exception {
    List<String> words = new ArrayList<>(command);
    words.add("true");
    try {
      assumeTrue(new ProcessBuilder(words).start().waitFor() == 0, "not allowed here: " + words);
    } catch (IOException noSuchCommand) {
      abort("not installed: " + words.getFirst());
    }
  }

  @Test
  void anInterruptedDumpIsRemoved() throws Exception {
    try (LiveProgram program = LiveProgram.start("live-heap", LiveProgram.java(25), 3 * SIZE)) {
      Process tare = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), "io.tare.app.Main",
          "heap",
          program.pid(), "--yes", "--dump-in", folder.toString()).redirectErrorStream(true)
          .redirectOutput(folder.resolve("out.txt").toFile()).start();
      while (leftIn(folder).isEmpty() && tare.isAlive()) {
        Thread.sleep(2);
      }
      assertThat(tare.isAlive()).as("interrupted in the middle").isTrue();
      tare.destroy();
      assertThat(tare.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(leftIn(folder)).isEmpty();
      assertThat(program.process().isAlive()).isTrue();
    }
  }

  @Test
  void noAnswerIsNo() {
    Confirmation nobody = new Confirmation(new ByteArrayInputStream(new byte[0]), false);
    assertThatThrownBy(nobody::mustBePossible).isInstanceOf(UsageException.class).hasMessageContaining("--yes");
  }
}
