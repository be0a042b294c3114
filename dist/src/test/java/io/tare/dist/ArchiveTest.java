package io.tare.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked in a folder with a blank in its name, and used as people do. {@code dist/try} does it where there is no Java. */
@Tag("slow")
class ArchiveTest {
  private static final Path PACKAGES = Path.of("target/packages");
  /** What a package may weigh, packed. */
  private static final long MOST_BYTES = 30_000_000;
  private static final String SELF = Long.toString(ProcessHandle.current().pid());

  @TempDir
  private static Path folder;
  private static Path home = Path.of("");

  private record Outcome(int code, String out, String err) {}

  @BeforeAll
  static void unpack() throws Exception {
    Optional<Path> archive = Optional.empty();
    if (Files.isDirectory(PACKAGES)) {
      try (Stream<Path> files = Files.list(PACKAGES)) {
        archive = files.filter(file -> file.toString().endsWith("-linux-x64.tar.gz")).findFirst();
      }
    }
    assumeTrue(archive.isPresent(), "there is no archive (mvn -Pdist verify makes it): it was not tried");
    assertThat(Files.size(archive.orElseThrow())).isLessThanOrEqualTo(MOST_BYTES);
    Path blank = Files.createDirectories(folder.resolve("some folder"));
    ClassData.run(List.of("tar", "-xzf", archive.orElseThrow().toString(), "-C", blank.toString()));
    try (Stream<Path> tops = Files.list(blank)) {
      home = tops.findFirst().orElseThrow();
    }
    ClassData.run(List.of("chmod", "-R", "a-w", home.toString()));
    folder.toFile().setExecutable(true, false);
  }

  @Test
  void itNeedsNoJavaNoMavenAndNoVariable() throws Exception {
    assertThat(tare("version").out()).startsWith("tare ").contains(" on Java 25");
  }

  /** The rarest command, too: {@code tare open} alone wants a server. */
  @Test
  void itBringsEveryModuleThatTheToolUses() throws Exception {
    StringWriter said = new StringWriter();
    int code = ToolProvider.findFirst("jdeps").orElseThrow().run(new PrintWriter(said), new PrintWriter(said),
        "--ignore-missing-deps", "--print-module-deps", "--multi-release", "25", home.resolve("lib/tare.jar")
            .toString());
    assertThat(code).as(said.toString()).isZero();
    List<String> brought = run(folder, List.of(home.resolve("runtime/bin/java").toString(), "--list-modules")).out()
        .lines().map(line -> line.substring(0, line.indexOf('@'))).toList();
    assertThat(brought).contains(said.toString().strip().split(","));
  }

  @Test
  void itWorksThroughLinksAndFromAnyFolder() throws Exception {
    Path first = Files.createSymbolicLink(folder.resolve("first"), home.resolve("bin/tare"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    assertThat(run(Path.of("/"), List.of(second.toString(), "version")).out()).startsWith("tare ");
    assertThat(run(home.resolve("bin"), List.of("sh", "tare", "version")).out()).startsWith("tare ");
    Files.delete(first);
    Files.delete(second);
  }

  @Test
  void itsClassesAreLinkedAheadOfTimeWhereverItWasMoved() throws Exception {
    for (String command : List.of("version", "ps")) {
      String linked = command.equals("ps") ? "lib/ps.jsa" : "lib/tare.jsa";
      // With -Xshare:on a JVM that can't use them doesn't start.
      Outcome strict = run(folder, List.of(home.resolve("runtime/bin/java").toString(), "-Xshare:on",
          "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
          "-XX:SharedArchiveFile=" + home.resolve(linked), "-Xlog:class+load", "-cp",
          home.resolve("lib/tare.jar").toString(), "io.tare.app.Main", command));
      assertThat(strict.code()).as(strict.out()).isZero();
      List<String> own = strict.out().lines().filter(line -> line.contains(" io.tare.")).toList();
      assertThat(own).isNotEmpty().allMatch(line -> line.endsWith("source: shared objects file"));
    }
  }

  /** The launcher answers from what was printed when the package was made: it has to be what the program says now. */
  @Test
  void theVersionThatTheLauncherSaysIsThePrograms() throws Exception {
    Outcome program = run(folder, List.of(home.resolve("runtime/bin/java").toString(), "-cp",
        home.resolve("lib/tare.jar").toString(), "io.tare.app.Main", "version"));
    for (String word : List.of("version", "--version", "-V")) {
      assertThat(tare(word)).isEqualTo(new Outcome(0, program.out(), ""));
    }
    assertThat(tare("version", "more").code()).as("what is no question for the version is the program's").isEqualTo(2);
  }

  /** A glance at all processes makes no native call of its own and composes no order: either costs more than all else. */
  @Test
  void aListOfProcessesLoadsNothingThatWasNotLinked() throws Exception {
    Path made = MadeProcesses.below(folder.resolve("processes"));
    assertThat(loadedBy("ps")).isNotEmpty().allMatch(line -> line.endsWith("source: shared objects file"));
    assertThat(loadedBy("ps", "--proc", made.toString())).as("processes of every kind").isNotEmpty()
        .allMatch(line -> line.endsWith("source: shared objects file"));
  }

  private static List<String> loadedBy(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("runtime/bin/java").toString(), "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED", "-XX:SharedArchiveFile=" + home.resolve("lib/ps.jsa"), "-Xlog:class+load",
        "-cp", home.resolve("lib/tare.jar").toString(), "io.tare.app.Main"));
    command.addAll(List.of(words));
    return run(folder, command).out().lines().filter(line -> line.contains("[class,load]")).toList();
  }

  /** A jar that isn't found where its classes were linked is looked for again for each of them, which is a tenth of a short command. */
  @Test
  void theLauncherLeadsLinkedClassesToTheirJar() throws Exception {
    String java = "exec \"$0/runtime/bin/java\" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -XX:SharedArchiveFile=\"$0/lib/tare.jsa\" "
        + "-Xlog:exceptions=info -cp \"$0/lib/tare.jar\" io.tare.app.Main version";
    String opened = Files.readString(home.resolve("bin/tare")).lines().filter(line -> line.contains("exec 9<"))
        .findFirst().orElseThrow();
    Predicate<String> inVain = line -> line.contains("NoSuchFileException") && line.contains("toFileURL");
    assertThat(run(folder, List.of("sh", "-c", java, home.toString())).out().lines().filter(inVain)).isNotEmpty();
    assertThat(run(folder, List.of("sh", "-c", "home=$0; " + opened + "; " + java, home.toString())).out().lines()
        .filter(inVain)).isEmpty();
  }

  /** Each shape that the runtime has no code for costs milliseconds at each start. */
  @Test
  void noShapeOfAMethodHandleIsMadeAtStart() throws Exception {
    assertThat(resolvedBy("-Xshare:off", "/proc")).as("the trace of a JVM that finds nothing made").isNotEmpty();
    for (String processes : List.of("/proc", MadeProcesses.below(folder.resolve("others")).toString())) {
      assertThat(resolvedBy("-XX:SharedArchiveFile=" + home.resolve("lib/ps.jsa"), processes)).filteredOn(
          line -> line.endsWith("(fail)")).isEmpty();
    }
  }

  private static List<String> resolvedBy(String sharing, String processes) throws Exception {
    return run(folder, List.of(home.resolve("runtime/bin/java").toString(), "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED", sharing, "-Djava.lang.invoke.MethodHandle.TRACE_RESOLVE=true", "-cp",
        home.resolve("lib/tare.jar").toString(), "io.tare.app.Main", "ps", "--proc", processes)).out().lines()
        .filter(line -> line.contains("[LF_RESOLVE]")).toList();
  }

  @Test
  void itExplainsAJvmAndADemonstrationOfItsOwn() throws Exception {
    Outcome explained = tare(SELF);
    assertThat(explained.code()).as(explained.err()).isZero();
    assertThat(explained.out()).contains("LEDGER", "Java heap");
    Outcome demo = tare("demo", "direct-buffers", "--size", "16m", "--format", "json");
    assertThat(demo.code()).as(demo.err()).isZero();
    assertThat(demo.out()).contains("tare.ledger/1");
  }

  @Test
  void itRecordsAndTellsTheStory() throws Exception {
    Path recording = folder.resolve("x.tarerec");
    Outcome recorded = tare("record", SELF, "-o", recording.toString(), "--for", "2s");
    assertThat(recorded.code()).as(recorded.out() + recorded.err()).isZero();
    assertThat(tare(recording.toString()).out()).contains(SELF);
  }

  @Test
  void aCopyThatHasLostItsDatesStartsSlowerAndSaysNothing() throws Exception {
    Path copy = folder.resolve("copy");
    ClassData.run(List.of("cp", "-r", home.toString(), copy.toString()));
    Outcome version = run(folder, List.of(copy.resolve("bin/tare").toString(), "version"));
    assertThat(version).isEqualTo(new Outcome(0, tare("version").out(), ""));
  }

  @Test
  void aCaptureGoesThroughStandardOutputAlone() throws Exception {
    Outcome printed = tare("capture", SELF, "-o", "/dev/stdout");
    assertThat(printed.code()).as(printed.err()).isZero();
    assertThat(printed.out()).startsWith("PK").doesNotContain("artefacts, ");
  }

  @Test
  void anyUserMayUseIt() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "not root, or no setpriv: the archive was not used by another user");
    Outcome other = run(Path.of("/"), List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
        home.resolve("bin/tare").toString(), "ps", "--top", "1"));
    assertThat(other.code()).as(other.err()).isZero();
  }

  @Test
  void bashCompletionAndManualPageLieInIt() {
    assertThat(home.resolve("share/man/man1/tare.1")).content().startsWith(".TH TARE 1");
    assertThat(home.resolve("share/bash-completion/completions/tare")).content().contains("complete -F _tare");
    assertThat(home.resolve("LICENSE")).isNotEmptyFile();
    assertThat(home.resolve("runtime/legal/java.base/LICENSE")).isNotEmptyFile();
  }

  private static Outcome tare(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/tare").toString()));
    command.addAll(List.of(words));
    return run(folder, command);
  }

  private static Outcome run(Path where, List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile(folder, "errors", "");
    ProcessBuilder builder = new ProcessBuilder(command).directory(where.toFile()).redirectError(errors.toFile());
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin"));
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Outcome(process.exitValue(), out, Files.readString(errors));
  }
}
