package io.tare.capture.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole files among links and other things that stand where they are to be. */
class NewFileTest {
  @TempDir
  private Path folder;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aDescriptorIsNeverReplaced() {
    assertThatThrownBy(() -> NewFile.beside(Path.of("/proc/self/fd/1"), NewFile.Readers.OWNER))
        .isInstanceOf(IOException.class).hasMessageContaining("is a pipe, a device or an output");
    assertThatThrownBy(() -> NewFile.beside(Path.of("/dev/null"), NewFile.Readers.OWNER))
        .isInstanceOf(IOException.class).hasMessageContaining("is a pipe, a device or an output");
  }

  @Test
  void nothingStandsUnderTheNameUntilTheFileIsWhole() throws IOException {
    Path target = folder.resolve("report");
    try (NewFile file = NewFile.beside(target, NewFile.Readers.OWNER); OutputStream out = file.stream()) {
      out.write(1);
      out.flush();
      assertThat(target).doesNotExist();
      file.putInPlace();
      assertThat(target).hasSize(1);
      assertThat(mode(target)).isEqualTo("rw-------");
    }
    assertThat(folder).isDirectoryContaining(target::equals);
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aFileThatWasNotFinishedLeavesNothingAndWhatWasThereStays() throws IOException {
    Path target = Files.writeString(folder.resolve("report"), "old");
    try (NewFile file = NewFile.beside(target, NewFile.Readers.UMASK)) {
      file.channel().write(ByteBuffer.allocate(10));
    }
    assertThat(target).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
  }

  @Test
  void aLinkIsReplacedAndWhereItLedStaysAsItWas() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "secret");
    for (Path where : new Path[] {victim, folder.resolve("nowhere"), Path.of("/dev/full")}) {
      Path link = Files.createSymbolicLink(folder.resolve("link"), where);
      NewFile.write(link, NewFile.Readers.UMASK, "text");
      assertThat(Files.isSymbolicLink(link)).isFalse();
      assertThat(link).hasContent("text");
      Files.delete(link);
    }
    assertThat(victim).hasContent("secret");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aSecondNameOfAFileIsReplacedAndTheFileStaysAsItWas() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "secret");
    Path second = Files.createLink(folder.resolve("second"), victim);
    NewFile.write(second, NewFile.Readers.UMASK, "text");
    assertThat(victim).hasContent("secret");
  }

  @Test
  void aFolderThatIsExchangedMeanwhileGetsNothing() throws IOException {
    Path ours = Files.createDirectory(folder.resolve("ours"));
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    try (NewFile file = NewFile.beside(ours.resolve("report"), NewFile.Readers.UMASK)) {
      Path moved = Files.move(ours, folder.resolve("moved"));
      Files.createSymbolicLink(ours, theirs);
      file.putInPlace();
      assertThat(moved.resolve("report")).exists();
      assertThat(theirs).isEmptyDirectory();
    }
  }

  @Test
  void whatMayNotReplaceAnythingRefusesEvenALinkToNowhere() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
    assertThatThrownBy(() -> NewFile.at(link, NewFile.Readers.OWNER)).isInstanceOf(IOException.class)
        .hasMessageStartingWith(link + " can't be written").hasCauseInstanceOf(FileSystemException.class);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aFolderOrAMissingOneIsSaid() {
    assertThatThrownBy(() -> NewFile.write(folder, NewFile.Readers.UMASK, "text")).hasMessageContaining("is a folder");
    assertThatThrownBy(() -> NewFile.write(folder.resolve("none/x"), NewFile.Readers.UMASK, "text"))
        .hasMessage("there is no folder " + folder.resolve("none"));
  }

  // Only looked at: a broken build that root tests would put files in the places of devices.
  @Test
  void devicesAndOpenDescriptorsAreNoFilesToBeReplaced() throws IOException {
    for (String name : new String[] {"/dev/null", "/dev/full", "/dev/stdout", "/dev/stderr", "/dev/fd/3",
        "/proc/self/fd/7"}) {
      assertThat(NamedTarget.isFile(Path.of(name))).as(name).isFalse();
    }
    assertThat(NamedTarget.isFile(folder.resolve("none"))).isTrue();
    assertThat(NamedTarget.isFile(Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/full")))).isTrue();
    assertThat(NamedTarget.isStandardOutput("/dev/stdout")).isTrue();
    assertThat(NamedTarget.isStandardOutput("/dev/stdout.txt")).isFalse();
  }
}
