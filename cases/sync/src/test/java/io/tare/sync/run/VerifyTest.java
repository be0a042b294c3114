package io.tare.sync.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.sync.filter.PathFilter;
import io.tare.sync.state.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of the destination since the last run. */
class VerifyTest {
  private static final Scope NONE = new Scope(PathFilter.ALL, Verify.NONE);
  private static final Scope HASH = new Scope(PathFilter.ALL, Verify.HASH);

  @TempDir
  Path directory;
  private Mirror mirror;

  @BeforeEach
  void fill() throws Exception {
    mirror = Mirror.in(directory);
    for (int i = 0; i < 20; i++) {
      mirror.write("d" + i % 3 + "/file-" + i, "content " + i);
    }
    mirror.run(Scope.USUAL, Deletes.NONE);
  }

  @Test
  void whatWasLostOrCutShortOrTouchedThereIsBroughtAgain() throws Exception {
    Files.delete(mirror.destination().resolve("d0/file-0"));
    cutInHalf(mirror.destination().resolve("d1/file-1"));
    Files.setLastModifiedTime(mirror.destination().resolve("d2/file-2"), FileTime.fromMillis(1_600_000_000_000L));
    assertThat(mirror.run(Scope.USUAL, Deletes.NONE).transfer().orElseThrow().arrived()).isEqualTo(3);
    assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
  }

  @Test
  void aWholeDirectoryThatIsGoneThereIsBroughtAgain() throws Exception {
    Files.move(mirror.destination(), directory.resolve("elsewhere"));
    assertThat(mirror.run(Scope.USUAL, Deletes.NONE).transfer().orElseThrow().arrived()).isEqualTo(20);
    assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
  }

  @Test
  void withoutVerifyingTheStateFileIsBelieved() throws Exception {
    Files.delete(mirror.destination().resolve("d0/file-0"));
    assertThat(mirror.run(NONE, Deletes.NONE).transfer().orElseThrow()).isEqualTo(TransferCount.NONE);
  }

  @Test
  void onlyReadingFindsAnotherContentOfTheSameSizeAndTime() throws Exception {
    Mirror.alterUnseen(mirror.destination().resolve("d0/file-0"));
    assertThat(mirror.run(Scope.USUAL, Deletes.NONE).transfer().orElseThrow()).isEqualTo(TransferCount.NONE);
    TransferCount read = mirror.run(HASH, Deletes.NONE).transfer().orElseThrow();
    assertThat(read.arrived()).isEqualTo(1);
    assertThat(read.foundThere()).isEqualTo(19);
    assertThat(Mirror.tree(mirror.destination())).isEqualTo(Mirror.tree(mirror.source()));
    assertThat(mirror.count().of(FileState.SYNCED)).isEqualTo(20);
  }

  @Test
  void aLostStateFileBringsNothingAgainThatIsThere() throws Exception {
    Files.delete(mirror.state());
    Files.delete(mirror.destination().resolve("d0/file-0"));
    assertThat(mirror.run(Scope.USUAL, Deletes.NONE).transfer().orElseThrow().arrived()).isEqualTo(1);
    assertThat(mirror.count().of(FileState.SYNCED)).isEqualTo(20);
  }

  @Test
  void aDirectoryInTheWayOfAFileIsNotTakenForIt() throws Exception {
    Files.delete(mirror.destination().resolve("d0/file-0"));
    Files.createDirectories(mirror.destination().resolve("d0/file-0/in-the-way"));
    RunResult result = mirror.run(Scope.USUAL, Deletes.NONE);
    assertThat(result.transfer().orElseThrow().failed()).isEqualTo(1);
    assertThat(mirror.destination().resolve("d0/file-0/in-the-way")).isDirectory();
  }

  private static void cutInHalf(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    Files.setLastModifiedTime(file, time);
  }
}
