package io.tare.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the checkout's launcher builds, and how it starts the JVM; with a Maven and a JDK that only write down what they were asked. */
@Tag("slow")
class LauncherTest {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  @TempDir
  private Path folder;
  private Path home = Path.of("");

  @BeforeEach
  void aCheckout() throws IOException {
    home = folder.resolve("some checkout");
    write(home.resolve("pom.xml"), "<project/>");
    write(home.resolve("cases/faults/pom.xml"), "<project/>");
    write(home.resolve("tool/app/src/main/java/X.java"), "class X {}");
    Files.copy(PROJECT.resolve("tare"), home.resolve("tare"));
    Files.copy(PROJECT.resolve("tool/app/start.sh"), home.resolve("tool/app/start.sh"));
    write(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    program("jdk/bin/java", """
        for word; do case $word in -XX:AOTCacheOutput=*) touch "${word#*=}"; exit ;; esac; done
        echo "MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-}"; printf '%s\\n' "$@"
        """);
    program("jdk/bin/jar", """
        case $1 in xf) mkdir org META-INF ;; cfM) echo jar > "$2" ;; esac
        """);
    program("bin/mvn", """
        echo built >> "$BUILDS"
        if grep -q broken tool/app/src/main/java/X.java; then echo '[ERROR] X is broken'; exit 1; fi
        mkdir -p tool/app/target/lib tool/fleet/target/lib
        echo jar > tool/app/target/tare-app-1.jar; echo jar > tool/app/target/lib/tare-model-1.jar
        case $* in *tool/fleet*)
          echo jar > tool/fleet/target/tare-fleet-1.jar; echo jar > tool/fleet/target/lib/duckdb_jdbc-1.jar ;;
        esac
        """);
  }

  @Test
  void itBuildsOnceAndAgainAfterAChange() throws Exception {
    assertThat(tare(home, "ps")).contains("io.tare.app.Main", "ps");
    tare(home, "ps");
    assertThat(builds()).isEqualTo(1);
    Files.writeString(home.resolve("tool/app/src/main/java/X.java"), "class X { int changed; }");
    Files.setLastModifiedTime(home.resolve("tool/app/src/main/java/X.java"),
        FileTime.from(Instant.now().plusSeconds(5)));
    tare(home, "ps");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aCopyOfABuiltTreeIsBuilt() throws Exception {
    tare(home, "ps");
    Path copy = folder.resolve("copy");
    assertThat(new ProcessBuilder("cp", "-r", home.toString(), copy.toString()).start().waitFor()).isZero();
    // What is copied last is the newest.
    Files.setLastModifiedTime(copy.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(tare(copy, "ps")).contains("-XX:AOTCache=" + copy + "/tool/app/target/tare.aot");
    assertThat(builds()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(copy.resolve("tool/app/target/tare-app-1.jar")))
        .as("a cache serves jars of the date that they had in training")
        .isEqualTo(Files.getLastModifiedTime(home.resolve("tool/app/target/tare-app-1.jar")));
    write(copy.resolve("tool/app/src/main/java/Y.java"), "class Y {}");
    Files.setLastModifiedTime(copy.resolve("tool/app/src/main/java/Y.java"),
        FileTime.from(Instant.now().plusSeconds(9)));
    tare(copy, "ps");
    assertThat(builds()).isEqualTo(2);
  }

  /** What Maven leaves of another version has another name, and would be found beside what is built now. */
  @Test
  void onlyWhatThisBuildMadeIsStarted() throws Exception {
    Path app = home.resolve("tool/app/target");
    Path fleet = home.resolve("tool/fleet/target");
    write(home.resolve("tool/fleet/pom.xml"), "<project/>");
    write(home.resolve("tool/fleet/src/main/java/F.java"), "class F {}");
    for (Path left : List.of(app.resolve("tare-app-0.jar"), app.resolve("lib/tare-model-0.jar"),
        app.resolve("lib/gone.jar"), fleet.resolve("tare-fleet-0.jar"), fleet.resolve("lib/duckdb_jdbc-0.jar"))) {
      write(left, "jar");
    }
    String own = app + "/tare-app-1.jar:" + app + "/lib/tare-model-1.jar";
    assertThat(tare(home, "ps")).contains(own);
    assertThat(tare(home, "fleet", "ask"))
        .contains(own + ":" + fleet + "/tare-fleet-1.jar:" + fleet + "/lib/duckdb_jdbc-1.jar");
  }

  /** Not even when the sources are again those that the last whole build was made of. */
  @Test
  void whatAFailedBuildLeftIsNotStarted() throws Exception {
    Path source = home.resolve("tool/app/src/main/java/X.java");
    tare(home, "ps");
    write(source, "broken");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(ends(home, "ps").exitValue()).isEqualTo(3);
    assertThat(folder.resolve("errors")).content().contains("the build failed", "X is broken");
    write(source, "class X {}");
    assertThat(tare(home, "ps")).contains("io.tare.app.Main");
    assertThat(builds()).isEqualTo(3);
  }

  /** Another's checkout, or a medium that can only be read. What is built there is started by anybody. */
  @Test
  void whoMayNotBuildIsToldWhoMay() throws Exception {
    Path app = Files.createDirectories(home.resolve("tool/app/target"));
    for (List<String> mode : List.of(List.of("a+rX", folder.toString()), List.of("a-w", home.toString()))) {
      assertThat(new ProcessBuilder("chmod", "-R", mode.getFirst(), mode.getLast()).start().waitFor()).isZero();
    }
    boolean isRoot = "root".equals(System.getProperty("user.name"));
    assumeTrue(!isRoot || Files.isExecutable(Path.of("/usr/bin/setpriv")),
        "root may write anywhere, and there is no setpriv: another's checkout that is not built was not started");
    List<String> another = isRoot
        ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", home + "/tare", "ps")
        : List.of(home + "/tare", "ps");
    assertThat(started(another).exitValue()).isEqualTo(3);
    assertThat(folder.resolve("errors")).content().isEqualTo("tare: this checkout has to be built first, and "
        + (isRoot ? named("65534") : System.getProperty("user.name")) + " may not write to " + app + ": have "
        + System.getProperty("user.name") + " run ./tare once, or use a clone of your own\n");
    assertThat(folder.resolve("builds")).doesNotExist();
  }

  private static String named(String user) throws IOException {
    Process id = new ProcessBuilder("id", "-un", user).start();
    String name = new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return name.isEmpty() ? user : name;
  }

  @Test
  void eachKindOfCommandHasItsHeapAndItsCache() throws Exception {
    assertThat(tare(home, "4711")).contains("-Xmx160m", "-Xms24m", "MALLOC_MMAP_THRESHOLD_=")
        .contains("-Dtare.home=" + home).last().isEqualTo("4711");
    assertThat(tare(home, "4711", "--memory", "1g")).contains("-Xmx928m");
    assertThat(tare(home, "4711", "--memory=512m")).contains("-Xmx416m");
    assertThat(tare(home, "run", "--", "x", "--memory", "1g")).contains("-Xmx160m", "-Xms4m")
        .anyMatch(word -> word.endsWith("/recorder.aot"));
    assertThat(tare(home, "heap", "x.hprof")).contains("-XX:CompileThresholdScaling=4", "MALLOC_MMAP_THRESHOLD_=131072")
        .noneMatch(word -> word.startsWith("-Xmx")).anyMatch(word -> word.endsWith("/heap.aot"));
  }

  @Test
  void aSizeThatIsNoneIsTheUsualOne() throws Exception {
    for (String size : List.of("", "g", "08m", "3x4m", "99999999999m", "12", "-1m")) {
      assertThat(tare(home, "4711", "--memory", size)).as(size).contains("-Xmx160m");
    }
  }

  /** What is installed, and tare-fleet-VERSION unpacked into it: its runtime and its jars are for its commands alone. */
  @Test
  void whatIsAddedToAnInstalledTareServesTheFleetsCommandsAndNoOther() throws Exception {
    Path installed = installed("echo own; printf '%s\\n' \"$@\"\n");
    String own = installed + "/lib/tare.jar";
    assertThat(tare(installed.resolve("bin"), "fleet", "ask")).contains("own", own);
    program("installed tare/lib/fleet/runtime/bin/java", "echo added; printf '%s\\n' \"$@\"\n");
    assertThat(tare(installed.resolve("bin"), "fleet", "ask")).contains("added", own + ":" + installed + "/lib/fleet/*",
        "-Xmx256m");
    assertThat(tare(installed.resolve("bin"), "agent", "--all")).contains("added",
        own + ":" + installed + "/lib/fleet/*",
        "-Xmx160m", "-Xmn16m");
    assertThat(tare(installed.resolve("bin"), "record", "1")).contains("own", own, "-Xmx160m")
        .doesNotContain("-Xmn16m");
  }

  @Test
  void anInstalledTareOpensItsFolderForTheClassesThatWereLinkedThere() throws Exception {
    Path installed = installed("readlink /proc/self/fd/9\nprintf '%s\\n' \"$@\"\n");
    assertThat(tare(installed.resolve("bin"), "ps")).first().isEqualTo(installed.toString());
    // Whoever starts it may have something of its own there.
    Process process = started(List.of("sh", "-c", "exec 9< /dev/null; exec \"$0\" ps", installed + "/bin/tare"));
    assertThat(process.exitValue()).isZero();
    assertThat(Files.readAllLines(folder.resolve("out"))).first().isEqualTo("/dev/null");
  }

  @Test
  void aGlanceLoadsTheFewClassesThatItNeedsAndNothingElseDoes() throws Exception {
    Path installed = installed("printf '%s\\n' \"$@\"\n");
    write(installed.resolve("lib/ps.jsa"), "");
    write(installed.resolve("lib/tare.jsa"), "");
    for (String few : List.of("ps", "ps --top 3", "ps --sort tare --format json")) {
      assertThat(tare(installed.resolve("bin"), few.split(" "))).as(few)
          .contains("-XX:SharedArchiveFile=" + installed + "/lib/ps.jsa");
    }
    for (String many : List.of("ps --weigh", "ps -o x.html", "4711", "record ps", "psql")) {
      assertThat(tare(installed.resolve("bin"), many.split(" "))).as(many)
          .contains("-XX:SharedArchiveFile=" + installed + "/lib/tare.jsa");
    }
  }

  private Path installed(String java) throws IOException {
    Path installed = folder.resolve("installed tare");
    Files.createDirectories(installed.resolve("bin"));
    Files.copy(PROJECT.resolve("dist/tare"), installed.resolve("bin/tare"));
    write(installed.resolve("lib/start.sh"), Files.readString(PROJECT.resolve("tool/app/start.sh")));
    program("installed tare/runtime/bin/java", java);
    return installed;
  }

  private long builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }

  private List<String> tare(Path where, String... words) throws Exception {
    Process process = ends(where, words);
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readAllLines(folder.resolve("out"));
  }

  private Process ends(Path where, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of(where.resolve("tare").toString()));
    command.addAll(List.of(words));
    return started(command);
  }

  private Process started(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin", "HOME", folder.toString(),
        "TARE_JAVA_HOME", folder.resolve("jdk").toString(), "BUILDS", folder.resolve("builds").toString()));
    Process process = builder.redirectError(folder.resolve("errors").toFile())
        .redirectOutput(folder.resolve("out").toFile()).start();
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process;
  }

  private void program(String name, String script) throws IOException {
    write(folder.resolve(name), "#!/bin/sh\n" + script);
    folder.resolve(name).toFile().setExecutable(true);
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
