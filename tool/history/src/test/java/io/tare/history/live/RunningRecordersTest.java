package io.tare.history.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.history.live.RunningRecorders.Listed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of recorders, and what others may have put in its place. */
class RunningRecordersTest {
  private static final String NOBODY = "4194305-1";
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir
  private Path folder;

  private Path list() {
    return folder.resolve("list");
  }

  @Test
  void aRecordingIsListedWhileItIsWritten() throws IOException {
    RunningRecorders recorders = new RunningRecorders(list());
    assertThat(recorders.recordings()).isEmpty();
    try (Listed listed = recorders.enter(Path.of("/x.tarerec"))) {
      assertThat(listed.name()).matches(OWN_PID + "-[0-9]+");
      assertThat(recorders.recordings()).containsExactly(Path.of("/x.tarerec"));
    }
    assertThat(recorders.recordings()).isEmpty();
    assertThat(list()).isEmptyDirectory();
  }

  @Test
  void whoHasEndedIsTakenOutAndWhatIsNoEntryIsNotSeen() throws IOException {
    RunningRecorders recorders = new RunningRecorders(list());
    recorders.enter(Path.of("/x.tarerec")).close();
    Files.writeString(list().resolve(NOBODY), "/gone.tarerec");
    Files.writeString(list().resolve(OWN_PID + "-1"), "/recorded-by-another-of-this-pid.tarerec");
    Files.writeString(list().resolve("1abc"), "/abc.tarerec");
    assertThat(recorders.recordings()).isEmpty();
    assertThat(list()).isDirectoryNotContaining(file -> !file.endsWith("1abc"));
  }

  @Test
  void anEntryThatIsALinkOrNoPathIsNotFollowed() throws IOException {
    RunningRecorders recorders = new RunningRecorders(list());
    String ours = recorders.enter(Path.of("/x.tarerec")).name();
    Files.writeString(list().resolve(ours), "no path \u0000");
    assertThat(recorders.recordings()).isEmpty();
    Files.delete(list().resolve(ours));
    Files.createSymbolicLink(list().resolve(ours), Files.writeString(folder.resolve("theirs"), "/theirs.tarerec"));
    assertThat(recorders.recordings()).isEmpty();
  }

  @Test
  void aListThatIsALinkOrOpenToOthersIsNeitherReadNorWritten() throws IOException {
    Path theirs = Files.createDirectory(folder.resolve("theirs"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createSymbolicLink(list(), theirs);
    RunningRecorders recorders = new RunningRecorders(list());
    assertThatThrownBy(() -> recorders.enter(Path.of("/x.tarerec"))).hasMessageContaining("is no folder of ours");
    assertThatThrownBy(recorders::recordings).hasMessageContaining("is no folder of ours");
    Files.setPosixFilePermissions(theirs, PosixFilePermissions.fromString("rwxrwx---"));
    assertThatThrownBy(() -> new RunningRecorders(theirs).enter(Path.of("/x.tarerec")))
        .hasMessageContaining("is open to other users");
    assertThat(theirs).isEmptyDirectory();
  }

  @Test
  void theFolderOfTheSessionIsUsedOnlyIfItIsOursAlone() throws IOException {
    Path session = Files.createDirectory(folder.resolve("session"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    RunningRecorders.ofThisUser(session.toString()).enter(Path.of("/x.tarerec")).close();
    assertThat(session.resolve("tare")).isEmptyDirectory();
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(RunningRecorders.ofThisUser(open.toString())).isNotNull();
    assertThat(open).isEmptyDirectory();
  }
}
