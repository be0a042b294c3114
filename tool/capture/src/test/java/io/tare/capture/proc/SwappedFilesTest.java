package io.tare.capture.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tare.capture.Tree;
import io.tare.capture.door.ForeignFile;
import io.tare.capture.door.Pipes;
import io.tare.capture.live.Child;
import io.tare.capture.live.Jdk;
import io.tare.capture.marks.MarksReader;
import io.tare.capture.memory.programs.Toolchain;
import io.tare.model.capture.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A target that exchanges its files, folders and links while they are looked for, thousands of times. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SwappedFilesTest {
  private static final int ROUNDS = 2_000;

  @TempDir
  private Path root;
  private Tree tree;
  private ProcessFolder folder;

  @BeforeEach
  void aProcess() throws Exception {
    tree = new Tree(root).process(4711, "java", 'S');
    Object uid = Files.getAttribute(root, "unix:uid");
    tree.file("proc/4711/status", "Name:\tjava\nUid:\t" + uid + "\t" + uid + "\t0\t0\nNSpid:\t4711\n");
    folder = new ProcessFolder(tree.proc(), 4711);
  }

  /** Puts one after the other in the place, again and again, while the action is done. */
  private static void swapping(Path place, List<Path> others, Runnable action) throws Exception {
    AtomicBoolean ends = new AtomicBoolean();
    Path spare = place.resolveSibling("spare");
    Thread swapper = Thread.ofPlatform().daemon().start(() -> {
      try {
        for (int i = 0; !ends.get(); i++) {
          Path next = others.get(i % others.size());
          if (Files.isSymbolicLink(next)) {
            Files.createSymbolicLink(spare, Files.readSymbolicLink(next));
          } else if (Files.isRegularFile(next)) {
            Files.copy(next, spare);
          } else {
            Files.createLink(spare, next);
          }
          Files.move(spare, place, StandardCopyOption.ATOMIC_MOVE);
        }
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    });
    try {
      action.run();
    } finally {
      ends.set(true);
      swapper.join(10_000);
    }
  }

  private List<Path> pipeLinkAndFile(byte[] content) throws Exception {
    Path file = Files.write(root.resolve("file"), content);
    Path secret = Files.writeString(root.resolve("secret"), "swordfish");
    Path link = Files.createSymbolicLink(root.resolve("link"), secret);
    return List.of(file, Pipes.make(root.resolve("pipe")), file, link);
  }

  @Test
  void aPerformanceFileThatBecomesAPipeOrALinkNeverHangsAndNeverTellsTheLinksTarget() throws Exception {
    List<Path> others = pipeLinkAndFile("no counters".getBytes(StandardCharsets.UTF_8));
    Path place = root.resolve("proc/4711/root/tmp/hsperfdata_a/4711");
    Files.createDirectories(place.getParent());
    swapping(place, others, () -> {
      for (int i = 0; i < ROUNDS; i++) {
        assertThat(new String(Hsperfdata.read(folder).bytes(), StandardCharsets.UTF_8)).isEmpty();
        Hsperfdata.file(folder).ifPresent(SwappedFilesTest::mustNotBeSecret);
      }
    });
  }

  private static void mustNotBeSecret(ForeignFile file) {
    try (file) {
      assertThat(new String(file.stream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("no counters");
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Test
  void aMarksFileThatBecomesAPipeOrALinkNeverHangs() throws Exception {
    List<Path> others = pipeLinkAndFile(new byte[300]);
    Path place = root.resolve("proc/4711/root/tmp/taremarks_a/4711");
    Files.createDirectories(place.getParent());
    swapping(place, others, () -> {
      for (int i = 0; i < ROUNDS; i++) {
        try (MarksReader reader = new MarksReader(folder, 0)) {
          assertThat(reader.news()).isEmpty();
        } catch (IOException broken) {
          throw new UncheckedIOException(broken);
        }
      }
    });
  }

  @Test
  void aPipeOrADeviceAsPerformanceFileIsSaid() throws Exception {
    Pipes.make(root.resolve("proc/4711/root/tmp/hsperfdata_a/4711"));
    assertThat(Hsperfdata.read(folder).artifact().note()).contains("a pipe");
    Files.delete(root.resolve("proc/4711/root/tmp/hsperfdata_a/4711"));
    Toolchain.run(List.of(Toolchain.require("mknod"), "4711", "c", "1", "5"),
        root.resolve("proc/4711/root/tmp/hsperfdata_a"));
    assertThat(Hsperfdata.read(folder).artifact().note()).contains("a device");
  }

  @Test
  void aPipeAsMarksFileIsPassedOver() throws Exception {
    Pipes.make(root.resolve("proc/4711/root/tmp/taremarks_a/4711"));
    try (MarksReader reader = new MarksReader(folder, 0)) {
      assertThat(reader.news()).isEmpty();
    }
  }

  @Test
  void aHardLinkToAnothersFileIsNotReadAsPerformanceFile() throws Exception {
    try (Child jvm = Jdk.own().idle()) {
      byte[] counters;
      try (ForeignFile file = Hsperfdata.file(jvm.folder()).orElseThrow()) {
        counters = file.stream().readAllBytes();
      }
      Path others = Files.write(root.resolve("others"), counters);
      Path place = root.resolve("proc/4711/root/tmp/hsperfdata_a/4711");
      Files.createDirectories(place.getParent());
      Files.createLink(place, others);
      Hsperfdata linked = Hsperfdata.read(folder);
      assertThat(linked.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(linked.artifact().note()).contains("2 names");
      Files.delete(others);
      assertThat(Hsperfdata.read(folder).outcome()).as("with one name").isEqualTo(Outcome.TAKEN);
      assumeThat(Files.getAttribute(root, "unix:uid")).as("only root can give files away").isEqualTo(0);
      Files.setAttribute(place, "unix:uid", 4711);
      assertThat(Hsperfdata.read(folder).artifact().note()).contains("belongs to user 4711 and not to user 0");
    }
  }
}
