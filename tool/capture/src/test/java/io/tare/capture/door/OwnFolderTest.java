package io.tare.capture.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders and files that are ours alone, and those that only look so. */
@Timeout(60)
class OwnFolderTest {
  private static final int MOST_BYTES = 100;
  private static final int ANOTHER_USER = 12_345;

  @TempDir
  private Path folder;

  private Path path() {
    return folder.resolve("own");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    try (OwnFolder own = OwnFolder.create(path())) {
      own.write("1", "one");
      own.write("1", "another");
      own.write("2", "two");
      own.remove("2");
      own.remove("3");
    }
    try (OwnFolder own = OwnFolder.create(path())) {
      assertThat(own.names()).containsExactly("1");
      assertThat(own.text("1", MOST_BYTES)).hasValue("another");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path()))).isEqualTo("rwx------");
  }

  @Test
  void aFolderThatIsMissingIsToldFromOneThatIsNotOurs() {
    assertThatThrownBy(() -> OwnFolder.open(path())).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLinkAFileOrAnOpenFolderIsNotOurs() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createSymbolicLink(path(), real);
    assertThatThrownBy(() -> OwnFolder.create(path())).hasMessage(path() + " is no folder of ours");
    Files.delete(path());
    Files.createFile(path());
    assertThatThrownBy(() -> OwnFolder.create(path())).hasMessage(path() + " is no folder of ours");
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rwx--x---"));
    assertThatThrownBy(() -> OwnFolder.create(real)).hasMessageContaining("is open to other users");
  }

  @Test
  void aFolderOfAnotherUserIsNotOurs() throws IOException {
    assumeTrue(OwnUser.id() == 0, "only root can give a folder to another user: that one is refused was not tried");
    Files.createDirectory(path(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.setAttribute(path(), "unix:uid", ANOTHER_USER);
    assertThatThrownBy(() -> OwnFolder.create(path())).hasMessageContaining("belongs to another user");
  }

  @Test
  void whatIsNoSmallPlainFileOfOursIsNotRead() throws Exception {
    try (OwnFolder own = OwnFolder.create(path())) {
      Path plain = Files.writeString(path().resolve("plain"), "text");
      Files.createSymbolicLink(path().resolve("link"), plain);
      Files.createDirectory(path().resolve("folder"));
      Files.writeString(path().resolve("large"), "x".repeat(MOST_BYTES + 1));
      assumeTrue(new ProcessBuilder("mkfifo", path().resolve("pipe").toString()).start().waitFor() == 0,
          "no mkfifo: that a pipe makes nobody wait was not tried");
      for (String name : new String[] {"link", "folder", "large", "pipe", "none"}) {
        assertThat(own.text(name, MOST_BYTES)).as(name).isEmpty();
      }
      assertThat(own.text("plain", MOST_BYTES)).hasValue("text");
    }
  }

  @Test
  void aFolderThatIsExchangedMeanwhileIsNotLookedInto() throws IOException {
    try (OwnFolder own = OwnFolder.create(path())) {
      Files.move(path(), folder.resolve("moved"));
      Files.createDirectory(path());
      own.write("1", "one");
      assertThat(path()).isEmptyDirectory();
      assertThat(own.text("1", MOST_BYTES)).hasValue("one");
    }
  }

  @Test
  void onlyAPlainFileOfOursUnderOneNameIsGoneOnWith() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "text");
    OwnFile.open(file, StandardOpenOption.READ).close();
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatThrownBy(() -> OwnFile.open(link, StandardOpenOption.READ)).hasMessageContaining("is a link");
    assertThatThrownBy(() -> OwnFile.openNamed(link, StandardOpenOption.WRITE)).hasMessageContaining("is a link");
    assertThatThrownBy(() -> OwnFile.open(folder, StandardOpenOption.READ)).hasMessageContaining("no plain file");
    Files.createLink(folder.resolve("second"), file);
    assertThatThrownBy(() -> OwnFile.open(file, StandardOpenOption.READ)).hasMessageContaining("second name");
  }

  @Test
  void rootMayNameAnotherUsersFileAndNothingElseIsLessStrict() throws IOException {
    assumeTrue(OwnUser.id() == 0, "only root can give a file to another user: whose file it is was not tried");
    Path file = Files.writeString(folder.resolve("file"), "text");
    Files.setAttribute(file, "unix:uid", ANOTHER_USER);
    assertThatThrownBy(() -> OwnFile.open(file, StandardOpenOption.READ)).hasMessageContaining("another user");
    OwnFile.openNamed(file, StandardOpenOption.READ).close();
  }
}
