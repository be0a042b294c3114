package io.tare.capture.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.Progress;
import io.tare.capture.attach.Ask;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A JVM in a container of its own: another pid namespace, another mount namespace, another /tmp. */
class NamespaceTest {
  /** Gives the namespace a /tmp of its own, with the program in it. */
  private static final String OWN_TMP = "mount -t tmpfs none /mnt && cp \"$0\"/*.class /mnt && mount --move /mnt /tmp && chmod 1777 /tmp";

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmInAnotherNamespaceIsReadAndAsked(Jdk jdk) throws Exception {
    assumeTrue(canUnshare(), "unshare needs root and the unshare command");
    List<String> java = jdk.command("Idle");
    List<String> command = new ArrayList<>(List.of("unshare", "--fork", "--pid", "--mount", "--mount-proc",
        "--kill-child", "sh", "-c", OWN_TMP + " && exec \"$@\"", Programs.folder().toString()));
    String programs = Programs.folder().toString();
    command.addAll(java.stream().map(word -> word.equals(programs) ? "/tmp" : word).toList());
    try (Child unshare = Child.start(command).whenItSays("ready")) {
      long jvm = childOf(unshare.pid()).orElseThrow();
      assertThat(new ProcessFolder(ProcessFolder.LIVE_ROOT, jvm).text("status").orElseThrow())
          .contains("NSpid:\t" + jvm + "\t1");
      Capture capture = new Capturer().capture(jvm, CaptureOptions.PASSIVE.asking(Set.of(Ask.BASIC)), Progress.NONE);
      assertThat(capture.artifact(ArtifactNames.HSPERFDATA).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(capture.artifact(ArtifactNames.ASK_HEAP_INFO).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(capture.artifact(ArtifactNames.PAGES).orElseThrow().outcome()).isEqualTo(Outcome.TAKEN);
      assertThat(unshare.output()).doesNotContain("thread dump");
    }
  }

  private static boolean canUnshare() throws Exception {
    try {
      return new ProcessBuilder("unshare", "--fork", "--pid", "--mount", "--mount-proc", "--kill-child", "sh", "-c",
          OWN_TMP, Programs.folder().toString()).start().waitFor() == 0;
    } catch (IOException noCommand) {
      return false;
    }
  }

  private static Optional<Long> childOf(long parent) throws IOException {
    try (Stream<Path> folders = Files.list(ProcessFolder.LIVE_ROOT)) {
      return folders.map(folder -> folder.getFileName().toString()).filter(name -> name.matches("\\d+"))
          .map(name -> new ProcessFolder(ProcessFolder.LIVE_ROOT, Long.parseLong(name)))
          .filter(folder -> folder.identity().map(process -> process.parent() == parent).orElse(false))
          .map(ProcessFolder::pid).findFirst();
    }
  }
}
