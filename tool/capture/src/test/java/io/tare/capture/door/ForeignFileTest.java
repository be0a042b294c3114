package io.tare.capture.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.door.ForeignFile.Expect;
import io.tare.capture.door.ForeignFile.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what a reader expects are refused before they are opened. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignFileTest {
  @TempDir
  private Path folder;

  private static ForeignFile open(Path path, Expect expect) throws IOException {
    return ForeignFile.behind(path, expect);
  }

  private static long owner(Path path) throws IOException {
    return Integer.toUnsignedLong((Integer) Files.getAttribute(path, "unix:uid"));
  }

  private static String text(ForeignFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    int length = file.read(bytes, 0);
    return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = Pipes.make(folder.resolve("pipe"));
    assertThatThrownBy(() -> open(pipe, Expect.ANYBODYS)).isInstanceOf(Refused.class).hasMessageContaining("a pipe");
  }

  @Test
  void aDeviceAndAFolderAreRefused() {
    assertThatThrownBy(() -> open(Path.of("/dev/zero"), Expect.ANYBODYS)).isInstanceOf(Refused.class)
        .hasMessageContaining("a device");
    assertThatThrownBy(() -> open(folder, Expect.ANYBODYS)).isInstanceOf(Refused.class)
        .hasMessageContaining("a folder");
  }

  @Test
  void theFileOfAnotherUserIsRefusedWhereAnOwnerIsExpected() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    // Root's files are accepted everywhere: a service may begin as root.
    if (owner(file) == 0) {
      Files.setAttribute(file, "unix:uid", 4711);
    }
    assertThatThrownBy(() -> open(file, Expect.ownedBy(12_345, 100))).isInstanceOf(Refused.class)
        .hasMessageContaining("belongs to user " + owner(file) + " and not to user 12345");
    try (ForeignFile own = open(file, Expect.ownedBy(owner(file), 100))) {
      assertThat(text(own)).isEqualTo("content");
    }
  }

  @Test
  void aFileWithASecondNameIsRefusedWhereAnOwnerIsExpected() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    Files.createLink(folder.resolve("second"), file);
    assertThatThrownBy(() -> open(file, Expect.ownedBy(owner(file), 100))).isInstanceOf(Refused.class)
        .hasMessageContaining("2 names");
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "content");
    assertThatThrownBy(() -> open(file, Expect.ownedBy(owner(file), 6))).isInstanceOf(Refused.class)
        .hasMessageContaining("7 bytes");
  }

  @Test
  void aFileThatIsReplacedAfterwardsStaysTheOneThatWasOpened() throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "first");
    try (ForeignFile file = open(path, Expect.ANYBODYS)) {
      assertThat(file.hasChanged()).isFalse();
      Files.move(Files.writeString(folder.resolve("other"), "second"), path, StandardCopyOption.REPLACE_EXISTING);
      assertThat(text(file)).isEqualTo("first");
      assertThat(file.hasChanged()).isTrue();
    }
  }
}
