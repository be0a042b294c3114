package io.tare.capture.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tare.capture.attach.AttachRefused;
import io.tare.capture.attach.TargetProcess;
import io.tare.capture.proc.ProcessFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The folder that a dump is written to, with this very process as the target, and what a target may play with it. */
class DumpFolderTest {
  private static final ProcessFolder OWN = new ProcessFolder(ProcessFolder.LIVE_ROOT, ProcessHandle.current().pid());
  private static final TargetProcess SELF = new TargetProcess(OWN, OWN.identity().orElseThrow().startTicks());

  @TempDir
  Path folder;
  private final List<String> warnings = new ArrayList<>();

  private DumpFolder made() throws Exception {
    DumpPlace place = DumpPlaces.choose(SELF, new DumpPlaces.Wish(Optional.of(folder), Optional.empty(), 1));
    return DumpFolder.in(place, SELF, warnings::add);
  }

  /** Asks for a folder when it is ending already. */
  static final class TooLate {
    private TooLate() {}

    public static void main(String[] folder) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        DumpFolderTest test = new DumpFolderTest();
        test.folder = Path.of(folder[0]);
        try {
          System.out.println("made " + file(test.made()));
        } catch (Exception refused) {
          System.out.println(refused);
        }
      }));
    }
  }

  @Test
  void whoIsInterruptedWhileItIsMadeLeavesNone() throws Exception {
    Process ending = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
        "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), TooLate.class.getName(),
        folder.toString()).redirectErrorStream(true).start();
    String said = new String(ending.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(ending.waitFor()).as(said).isZero();
    assertThat(said).contains("DumpRefused", "interrupted");
    assertThat(folder).isEmptyDirectory();
  }

  private static Path file(DumpFolder dump) {
    return Path.of(dump.fileForTarget());
  }

  private static void mustBeRefused(DumpFolder dump) {
    assertThatThrownBy(dump::take).isInstanceOf(DumpRefused.class);
  }

  @Test
  void itIsPrivateAndGoesWithItsFiles() throws Exception {
    Path made;
    try (DumpFolder dump = made()) {
      made = file(dump).getParent();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made))).isEqualTo("rwx------");
      Files.writeString(file(dump), "a dump");
      Files.writeString(made.resolve("heap.hprof.p0"), "a part");
      assertThat(dump.bytes()).isEqualTo(12);
      assertThat(dump.take()).isEqualTo(6);
      assertThat(Files.readString(dump.file())).isEqualTo("a dump");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(dump)))).isEqualTo("rw-------");
    }
    assertThat(made).doesNotExist();
    assertThat(folder).isEmptyDirectory();
    assertThat(warnings).isEmpty();
  }

  @Test
  void fromWhenItIsTakenOnlyTheFileCountsAndNotItsName() throws Exception {
    try (DumpFolder dump = made()) {
      Files.writeString(file(dump), "a dump");
      dump.take();
      Files.delete(file(dump));
      Files.writeString(file(dump), "another");
      assertThat(Files.readString(dump.file())).isEqualTo("a dump");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aHardLinkInPlaceOfTheDumpIsRefused() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "mine");
    try (DumpFolder dump = made()) {
      Files.createLink(file(dump), secret);
      mustBeRefused(dump);
    }
    assertThat(secret).hasContent("mine");
    assertThat(folder.toFile().list()).containsExactly("secret");
  }

  @Test
  void aSymbolicLinkInPlaceOfTheDumpIsRefused() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "mine");
    try (DumpFolder dump = made()) {
      Files.createSymbolicLink(file(dump), secret);
      mustBeRefused(dump);
    }
    assertThat(secret).hasContent("mine");
  }

  @Test
  @Timeout(20)
  void aFifoInPlaceOfTheDumpIsRefusedAndNotWaitedFor() throws Exception {
    try (DumpFolder dump = made()) {
      try {
        assumeTrue(new ProcessBuilder("mkfifo", file(dump).toString()).start().waitFor() == 0, "mkfifo failed");
      } catch (IOException none) {
        abort("mkfifo is not installed: that a fifo in place of a dump is not waited for was not checked");
      }
      mustBeRefused(dump);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileOfSomeoneElseInPlaceOfTheDumpIsRefused() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"),
        "needs root: that another user's file is not taken for the dump was not checked");
    try (DumpFolder dump = made()) {
      Files.writeString(file(dump), "planted");
      Files.setAttribute(file(dump), "unix:uid", 12345);
      mustBeRefused(dump);
    }
  }

  @Test
  void aFolderThatIsPutInItsPlaceIsNeitherReadNorEmptied() throws Exception {
    Path planted;
    try (DumpFolder dump = made()) {
      planted = file(dump).getParent();
      Files.writeString(file(dump), "a dump");
      Files.move(planted, folder.resolve("away"));
      Files.createDirectory(planted);
      Files.writeString(file(dump), "planted");
      dump.take();
      assertThat(Files.readString(dump.file())).isEqualTo("a dump");
    }
    assertThat(planted.resolve("heap.hprof")).hasContent("planted");
    assertThat(folder.resolve("away")).as("its files are gone").isEmptyDirectory();
    assertThat(warnings).singleElement().asString().contains(planted + " of the process stays");
  }

  @Test
  void manyFilesGoAndAFolderThatTheTargetPutThereStaysAndIsSaid() throws Exception {
    Path made;
    try (DumpFolder dump = made()) {
      made = file(dump).getParent();
      for (int i = 0; i < 3_000; i++) {
        Files.createFile(made.resolve("a file with a long enough name " + i));
      }
      assertThat(dump.bytes()).isZero();
      Files.createDirectories(made.resolve("deep/deeper"));
    }
    assertThat(made.toFile().list()).containsExactly("deep");
    assertThat(made.resolve("deep/deeper")).exists();
    assertThat(warnings).singleElement().asString().contains("whatever folders");
  }

  @Test
  void aProcessThatTookOverThePidGetsNoFolder() throws Exception {
    DumpPlace place = DumpPlaces.choose(SELF, new DumpPlaces.Wish(Optional.of(folder), Optional.empty(), 1));
    TargetProcess before = new TargetProcess(OWN, SELF.startTicks() - 1);
    assertThatThrownBy(() -> DumpFolder.in(place, before, warnings::add)).isInstanceOf(AttachRefused.class)
        .hasMessageContaining("has ended");
    assertThat(folder).isEmptyDirectory();
  }
}
