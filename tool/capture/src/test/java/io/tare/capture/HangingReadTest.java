package io.tare.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.CaptureException.Reason;
import io.tare.capture.attach.Ask;
import io.tare.capture.door.Pipes;
import io.tare.capture.glance.Glances;
import io.tare.capture.glance.PidFinder;
import io.tare.capture.glance.ProcessGlance;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reads of a target that never return: a pipe that nobody writes to stands for them. */
@Tag("slow")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingReadTest {
  private static final String SMAPS = """
      7f0000000000-7f0000001000 r-xp 00000000 fe:00 12                         /opt/program
      Size:                  4 kB
      Rss:                   4 kB
      """;

  @TempDir
  private Path root;
  private Tree tree;
  private final List<Path> pipes = new ArrayList<>();

  @BeforeEach
  void aProcess() throws Exception {
    tree = new Tree(root).process(4711, "program", 'S').file("proc/4711/smaps", SMAPS)
        .file("proc/4711/cmdline", "program\0").file("proc/4711/environ", "").link("proc/4711/exe", "/opt/program");
    Files.createDirectories(root.resolve("proc/4711/task"));
    Files.createDirectories(root.resolve("proc/4711/fd"));
  }

  /** Whoever waits at a pipe is let go. */
  @AfterEach
  void letGo() throws Exception {
    for (Path pipe : pipes) {
      FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
    }
  }

  private void hangs(String file) throws Exception {
    Files.deleteIfExists(root.resolve(file));
    pipes.add(Pipes.make(root.resolve(file)));
  }

  private void capture() throws CaptureException {
    CaptureOptions options = CaptureOptions.PASSIVE.at(tree.proc(), root).within(Duration.ofSeconds(5))
        .withGrace(Duration.ofSeconds(5));
    new Capturer().capture(4711, options, Progress.NONE);
  }

  @Test
  void aReadingIsGivenUpAfterItsLimitAndSaysWhatHung() throws Exception {
    hangs("proc/4711/smaps");
    assertThatThrownBy(this::capture)
        .isInstanceOfSatisfying(CaptureException.class, hung -> assertThat(hung.reason()).isEqualTo(Reason.HANGS))
        .hasMessage("reading smaps of process 4711 hangs; given up after 10 s");
  }

  @Test
  void anEnvironmentThatHangsEndsTheReadingToo() throws Exception {
    hangs("proc/4711/environ");
    assertThatThrownBy(this::capture).hasMessage("reading settings of process 4711 hangs; given up after 10 s");
  }

  @Test
  void aPassiveReadingIsGivenUpAfter45SecondsAndAskingTakesLonger() {
    assertThat(CaptureOptions.PASSIVE.limit()).isEqualTo(Duration.ofSeconds(45));
    assertThat(CaptureOptions.PASSIVE.asking(Set.of(Ask.BASIC)).limit())
        .isGreaterThan(Duration.ofSeconds(100));
  }

  @Test
  void processesThatHangAreLeftOutOfTheListAndNamed() throws Exception {
    tree.process(4712, "java", 'S').link("proc/4712/exe", "/opt/bin/java").process(4713, "sh", 'S')
        .link("proc/4713/exe", "/bin/sh").process(4714, "java", 'S').link("proc/4714/exe", "/opt/bin/java");
    hangs("proc/4712/cmdline");
    hangs("proc/4714/cmdline");
    List<Long> hanging = new ArrayList<>();
    assertThat(Glances.glance(tree.proc(), root, hanging::add)).extracting(ProcessGlance::pid).containsExactly(4711L,
        4713L);
    assertThat(hanging).containsExactly(4712L, 4714L);
  }

  @Test
  void aProcessIsFoundByItsNameAlthoughAnotherHangs() throws Exception {
    tree.process(4712, "java", 'S');
    hangs("proc/4712/cmdline");
    assertThat(PidFinder.find(tree.proc(), "program")).isEqualTo(new PidFinder.Found.One(4711));
  }
}
