package io.tare.probe.marks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.probe.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarksInBadConditionsTest {
  @TempDir
  Path folder;

  @Test
  void aProcessThatEndsTakesItsFileWithIt() throws Exception {
    try (ChildJvm child = ChildJvm.start(MarkOnce.class, List.of("-Djava.io.tmpdir=" + folder))) {
      assertThat(child.output()).startsWith("file " + folder.resolve("taremarks_"));
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void marksCanBeSwitchedOff() throws Exception {
    try (ChildJvm child = ChildJvm.start(MarkOnce.class, List.of("-Dtare.marks=off", "-Djava.io.tmpdir=" + folder))) {
      assertThat(child.output()).startsWith("switched off");
    }
    assertThat(files()).isEmpty();
  }

  /** The shell's limit on the size of files stands for a disk that fills up while the file is made. */
  @Test
  void aDiskThatIsFullOnlyMeansNoFile() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell to limit the size of files");
    String command = String.join(" ",
        ChildJvm.command(MarkOnce.class, List.of("-XX:-UsePerfData", "-Djava.io.tmpdir=" + folder)));
    Process process = new ProcessBuilder("/bin/sh", "-c", "ulimit -f 64; exec " + command).redirectErrorStream(true)
        .start();
    assertThat(new String(process.getInputStream().readAllBytes())).contains("no marks file: java.io.IOException");
    assertThat(process.waitFor()).isZero();
    assertThat(files()).as("nothing half-made stays").isEmpty();
  }

  @Test
  void aRuntimeWithoutJfrMarksAllTheSame() throws Exception {
    try (ChildJvm child = ChildJvm.start(MarkOnce.class,
        List.of("--limit-modules", "java.base,java.management,jdk.management",
            "-Djava.io.tmpdir=" + folder))) {
      assertThat(child.output()).startsWith("file ");
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
