package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as the place where segments go. */
class FolderDestinationTest {
  @TempDir
  private Path folder;

  private Path file(int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(7).nextBytes(content);
    return Files.write(folder.resolve("segment"), content);
  }

  private Path root() throws IOException {
    return Files.createDirectories(folder.resolve("to"));
  }

  @Test
  void aFileStandsThereUnderItsNameWholeAndAlone() throws IOException {
    Destination to = new Destination.Folder(root(), "node");
    to.put("day=2026-11-22/node/x.tarerec", file(100_000));
    assertThat(root().resolve("day=2026-11-22/node/x.tarerec")).hasSameBinaryContentAs(folder.resolve("segment"));
    try (var all = Files.list(root().resolve("day=2026-11-22/node"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void putAgainItIsLeftAsItIs() throws IOException {
    Destination to = new Destination.Folder(root(), "node");
    to.put("day=1/node/x", file(10));
    Path there = root().resolve("day=1/node/x");
    Files.setLastModifiedTime(there, FileTime.fromMillis(1_000_000));
    to.put("day=1/node/x", file(10));
    assertThat(Files.getLastModifiedTime(there)).isEqualTo(FileTime.fromMillis(1_000_000));
  }

  @Test
  void aFolderThatHasGoneIsNotMadeAnew() throws IOException {
    Destination to = new Destination.Folder(root(), "node");
    Files.delete(root());
    Path segment = file(10);
    assertThatThrownBy(() -> to.put("day=1/node/x", segment)).isInstanceOf(IOException.class)
        .hasMessageContaining("there is no folder");
    assertThat(folder.resolve("to")).doesNotExist();
  }

  @Test
  void whatAKilledAgentLeftUnfinishedIsRemovedFromItsOwnFolderOnly() throws IOException {
    Path own = Files.createDirectories(root().resolve("day=1/node"));
    Path others = Files.createDirectories(root().resolve("day=1/other"));
    Files.createFile(own.resolve(".tare-0123.part"));
    Files.createFile(own.resolve("x.tarerec"));
    Files.createFile(others.resolve(".tare-0123.part"));
    new Destination.Folder(root(), "node");
    assertThat(own.resolve(".tare-0123.part")).doesNotExist();
    assertThat(own.resolve("x.tarerec")).exists();
    assertThat(others.resolve(".tare-0123.part")).exists();
  }

  /** A disk of 64 KB. */
  @Test
  void aFullDiskIsSaidLeavesNothingHalfAndWorksAgainOnceThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "what a full disk does to the agent is not checked: it takes a root who may mount");
    try {
      Destination to = new Destination.Folder(disk, "node");
      Path other = Files.write(disk.resolve("other"), new byte[40 << 10]);
      Path segment = file(40 << 10);
      assertThatThrownBy(() -> to.put("day=1/node/x", segment)).isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
      try (var all = Files.walk(disk)) {
        assertThat(all.filter(Files::isRegularFile)).containsExactly(other);
      }
      Files.delete(other);
      to.put("day=1/node/x", segment);
      assertThat(disk.resolve("day=1/node/x")).hasSameBinaryContentAs(segment);
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }
}
