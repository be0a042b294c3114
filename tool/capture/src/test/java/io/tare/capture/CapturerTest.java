package io.tare.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.CaptureException.Reason;
import io.tare.capture.attach.Ask;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.capture.RuntimeKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturerTest {
  private static final String SMAPS = """
      7f0000000000-7f0000001000 r-xp 00000000 fe:00 12                         /opt/jdk/lib/server/libjvm.so
      Size:                  4 kB
      Rss:                   4 kB
      """;

  @TempDir
  Path root;
  private Tree tree;
  private int programs;

  @BeforeEach
  void aProcess() throws Exception {
    tree = new Tree(root).process(4711, "java", 'S').file("proc/4711/smaps", SMAPS)
        .file("proc/4711/task/4711/stat", Files.readString(new Tree(root).process(4711, "java", 'S').proc()
            .resolve("4711/stat")))
        .file("proc/4711/cmdline", "java\0-Xmx1g\0-Dsecret=swordfish\0-jar\0/opt/shop.jar\0--password=swordfish\0")
        .file("proc/4711/environ", "TOKEN=swordfish\0MALLOC_ARENA_MAX=2\0").link("proc/4711/exe", "/opt/jdk/bin/java")
        .file("proc/meminfo", "MemTotal: 1 kB\n");
    Files.createDirectories(root.resolve("proc/4711/fd"));
  }

  private Capture capture(Ask... asks) throws CaptureException {
    EnumSet<Ask> wanted = EnumSet.noneOf(Ask.class);
    wanted.addAll(List.of(asks));
    return new Capturer().capture(4711, CaptureOptions.PASSIVE.at(tree.proc(), root).asking(wanted), Progress.NONE);
  }

  @Test
  void aCapturedTreeIsReadLikeALiveProcess() throws Exception {
    Capture capture = capture();
    assertThat(capture.target().runtime()).isEqualTo(RuntimeKind.HOTSPOT);
    assertThat(capture.target().startTicks()).isEqualTo(777);
    assertThat(capture.text(ArtifactNames.SMAPS)).contains(SMAPS);
    assertThat(capture.text(ArtifactNames.TASKS)).contains("thread tid=4711 comm=java state=S\n");
    assertThat(capture.text(ArtifactNames.EXE)).contains("/opt/jdk/bin/java");
  }

  /** What is left out here must not be in a ledger: the ledger's module tries that on each of its captures (WeighedAloneTest). */
  @Test
  void forALedgerNeitherSettingsNorGroupsNorTheMachineAreRead() throws Exception {
    tree.file("proc/4711/cgroup", "0::/shop\n").file("proc/4711/mountinfo",
        "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n").file("sys/fs/cgroup/shop/memory.current", "4096\n");
    Capture whole = capture();
    Capture less = new Capturer().capture(4711,
        CaptureOptions.PASSIVE.at(tree.proc(), root).of(CaptureOptions.Extent.LEDGER), Progress.NONE);
    List<String> left = new ArrayList<>(whole.artifacts().keySet());
    left.removeAll(less.artifacts().keySet());
    assertThat(left).contains(ArtifactNames.SETTINGS, ArtifactNames.MEMINFO, ArtifactNames.CGROUP_LEVELS)
        .allMatch(name -> name.equals(ArtifactNames.SETTINGS) || name.equals(ArtifactNames.MEMINFO)
            || name.startsWith(ArtifactNames.CGROUP));
    assertThat(whole.artifacts().keySet()).containsAll(less.artifacts().keySet());
  }

  @Test
  void ofCommandLineAndEnvironmentOnlyTheSettingsThatMoveMemoryAreKept() throws Exception {
    Capture capture = capture();
    assertThat(capture.text(ArtifactNames.SETTINGS))
        .contains("flag text=-Xmx1g\nvariable name=MALLOC_ARENA_MAX value=2\n");
    assertThat(capture.artifacts().values()).noneMatch(artifact -> artifact.text().contains("swordfish"));
  }

  @Test
  void whatIsNotThereHasAnOutcomeAndAReason() throws Exception {
    Capture capture = capture();
    assertThat(capture.artifact(ArtifactNames.PAGES).orElseThrow().outcome()).isEqualTo(Outcome.ABSENT);
    assertThat(capture.artifact(ArtifactNames.CGROUP_LEVELS).orElseThrow().note()).isEqualTo("no group carries memory");
  }

  @Test
  void nothingIsAskedOfACapturedTree() throws Exception {
    Capture capture = capture(Ask.BASIC, Ask.GC);
    assertThat(capture.asked()).isEmpty();
    assertThat(capture.artifact(ArtifactNames.ASK_GC).orElseThrow().note()).contains("only a running process");
  }

  @Test
  void everyStepIsTold() throws Exception {
    List<String> steps = new ArrayList<>();
    new Capturer().capture(4711, CaptureOptions.PASSIVE.at(tree.proc(), root), steps::add);
    assertThat(steps).containsSubsequence(ArtifactNames.STATUS, ArtifactNames.SMAPS, ArtifactNames.PAGES,
        ArtifactNames.STATUS_AFTER);
  }

  @Test
  void aProcessThatHasEndedButWaitsForItsParentIsNoTarget() throws Exception {
    tree.process(4711, "java", 'Z');
    assertThatThrownBy(this::capture).isInstanceOfSatisfying(CaptureException.class,
        zombie -> assertThat(zombie.reason()).isEqualTo(Reason.ZOMBIE)).hasMessageContaining("process 1");
  }

  @Test
  void aPidThatIsRecycledWhileItIsReadGivesNoCapture() {
    Progress recycling = step -> {
      if (step.equals(ArtifactNames.TASKS)) {
        rewriteStart();
      }
    };
    CaptureOptions options = CaptureOptions.PASSIVE.at(tree.proc(), root);
    assertThatThrownBy(() -> new Capturer().capture(4711, options, recycling))
        .isInstanceOfSatisfying(CaptureException.class, gone -> assertThat(gone.reason()).isEqualTo(Reason.GONE))
        .hasMessageContaining("belongs to another process now");
  }

  private void rewriteStart() {
    try {
      Path stat = tree.proc().resolve("4711/stat");
      Files.writeString(stat, Files.readString(stat).replace(" 777 ", " 999 "));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void aProcessThatBecomesAnotherProgramEachTimeThatItIsReadGivesNoCapture() {
    Progress executing = step -> {
      if (step.equals(ArtifactNames.TASKS)) {
        relink();
      }
    };
    CaptureOptions options = CaptureOptions.PASSIVE.at(tree.proc(), root);
    assertThatThrownBy(() -> new Capturer().capture(4711, options, executing))
        .hasMessageContaining("became another program");
  }

  @Test
  void aProcessThatBecomesAnotherProgramOnceIsReadAnew() throws Exception {
    Progress executing = step -> {
      if (step.equals(ArtifactNames.TASKS) && programs == 0) {
        relink();
      }
    };
    Capture capture = new Capturer().capture(4711, CaptureOptions.PASSIVE.at(tree.proc(), root), executing);
    assertThat(capture.text(ArtifactNames.EXE)).contains("/usr/bin/other0");
  }

  private void relink() {
    try {
      Files.delete(tree.proc().resolve("4711/exe"));
      tree.link("proc/4711/exe", "/usr/bin/other" + programs++);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void whenTheTimeIsUpTheRestIsSkippedWithANote() throws Exception {
    CaptureOptions options = CaptureOptions.PASSIVE.at(tree.proc(), root).within(Duration.ZERO);
    MemoryWalk walk = new MemoryWalk(ArtifactNames.MALLOC, kind -> true, (memory, process) -> {
      throw new AssertionError("no time for this");
    });
    Capture capture = new Capturer(List.of(walk)).capture(4711, options, Progress.NONE);
    assertThat(capture.artifact(ArtifactNames.MALLOC).orElseThrow().outcome()).isEqualTo(Outcome.SKIPPED);
    assertThat(capture.artifact(ArtifactNames.MALLOC).orElseThrow().note()).contains("time budget of 0 ms");
    assertThat(capture.text(ArtifactNames.SMAPS)).isPresent();
  }
}
