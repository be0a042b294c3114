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
  private static final long NOBODY = 4_194_305;

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
      assertThat(listed.name()).isEqualTo(Long.toString(ProcessHandle.current().pid()));
      assertThat(recorders.recordings()).containsExactly(Path.of("/x.tarerec"));
    }
    assertThat(recorders.recordings()).isEmpty();
    assertThat(list()).isEmptyDirectory();
  }

  @Test
  void whoHasEndedIsTakenOutAndWhatIsNoEntryIsNotSeen() throws IOException {
    RunningRecorders recorders = new RunningRecorders(list());
    recorders.enter(Path.of("/x.tarerec")).close();
    Files.writeString(list().resolve(Long.toString(NOBODY)), "/gone.tarerec");
    Files.writeString(list().resolve("1abc"), "/abc.tarerec");
    Files.createSymbolicLink(list().resolve("1"), Files.writeString(folder.resolve("theirs"), "/theirs.tarerec"));
    Files.writeString(list().resolve(Long.toString(ProcessHandle.current().pid())), "no path \u0000");
    assertThat(recorders.recordings()).isEmpty();
    assertThat(list().resolve(Long.toString(NOBODY))).doesNotExist();
    assertThat(list().resolve("1abc")).exists();
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
