package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.formats.facts.Fact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a reading when the process belongs to someone else. */
class OtherUserTest {
  private static final String NOBODY = "65534";

  @Test
  void onlyWhatAnyoneMayKnowIsReadAndTheRestSaysWhy(@TempDir Path folder) throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      String report = readAsSomeoneElse(jvm.pid(), folder);
      assertThat(report).contains("proc/stat TAKEN", "proc/status TAKEN", "proc/statm TAKEN");
      assertThat(report).contains("proc/smaps DENIED the kernel refuses: it takes the process's own user, or root");
      assertThat(report).contains("ask/GC.heap_info SKIPPED not asked: the process belongs to another user");
      assertThat(report).contains("runtime UNKNOWN");
      assertThat(jvm.isAlive()).isTrue();
      assertThat(jvm.output()).doesNotContain("thread dump");
    }
  }

  @Test
  void anOrdinaryUserReadsOfRootsProcessesWhatAnyoneMayKnow() throws Exception {
    assumeTrue(!isRoot(), "root may read everything");
    Capture capture = new Capturer().capture(1, CaptureOptions.PASSIVE, Progress.NONE);
    assertThat(capture.text(ArtifactNames.STATUS)).isPresent();
    assertThat(capture.artifact(ArtifactNames.SMAPS).orElseThrow().outcome()).isEqualTo(Outcome.DENIED);
    assertThat(capture.artifact(ArtifactNames.PAGES).orElseThrow().outcome()).isEqualTo(Outcome.DENIED);
    assertThat(capture.artifact(ArtifactNames.FDS).orElseThrow().outcome()).isEqualTo(Outcome.DENIED);
  }

  /** Runs {@link ReadAndTell} as an ordinary user, on copies of the classes, which may lie where only root can look. */
  private static String readAsSomeoneElse(long pid, Path folder) throws Exception {
    assumeTrue(isRoot() && canSwitchUser(), "needs root and setpriv to become another user");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> classPath = new ArrayList<>();
    for (Class<?> sample : List.of(Capturer.class, Capture.class, Fact.class, ReadAndTell.class)) {
      classPath.add(copyOf(sample, folder.resolve(sample.getSimpleName())));
    }
    try (Child reader = Child.start(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
        Jdk.own().home().resolve("bin/java").toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
        classPath.stream().collect(Collectors.joining(File.pathSeparator)), ReadAndTell.class.getName(),
        Long.toString(pid)))) {
      return reader.whenItSays("done").output();
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static boolean canSwitchUser() throws InterruptedException {
    try {
      return new ProcessBuilder("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
          Jdk.own().home().resolve("bin/java").toString(), "-version").start().waitFor() == 0;
    } catch (IOException noCommand) {
      return false;
    }
  }

  private static String copyOf(Class<?> sample, Path to) throws Exception {
    Path from = Path.of(new URI(sample.getProtectionDomain().getCodeSource().getLocation().toString()));
    if (Files.isRegularFile(from)) {
      return Files.copy(from, Path.of(to + ".jar")).toString();
    }
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to.toString();
  }
}
