package io.tare.capture.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.kernel.Descriptor.Links;
import io.tare.capture.kernel.Descriptor.Lookup;
import io.tare.capture.kernel.Descriptor.Way;
import io.tare.capture.kernel.FileStatus.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No path below a held folder leads out of it; both ways of looking it up agree on that. */
class DescriptorTest {
  @TempDir
  private Path outside;
  private Path root;

  @BeforeEach
  void aFolderWithASecretBesideIt() throws IOException {
    root = Files.createDirectories(outside.resolve("root"));
    Files.writeString(outside.resolve("secret"), "swordfish");
    Files.createDirectories(root.resolve("lib"));
    Files.writeString(root.resolve("lib/plain"), "plain");
  }

  private String read(String path, Links links, Lookup lookup) throws IOException {
    Way way = new Way(links, 0, AsUser.ourselves());
    try (Descriptor held = Descriptor.of(root); Descriptor file = held.below(path, way, lookup)) {
      if (file.knownStatus().kind() != Kind.REGULAR) {
        throw new IOException("it is " + file.knownStatus().kind().words());
      }
      try (FileChannel content = file.read()) {
        ByteBuffer bytes = ByteBuffer.allocate(100);
        content.read(bytes);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Lookup.class)
  void aPathBelowIsFound(Lookup lookup) throws Exception {
    assertThat(read("lib/plain", Links.NONE, lookup)).isEqualTo("plain");
    assertThat(read("/lib/plain", Links.INSIDE, lookup)).as("from the root").isEqualTo("plain");
  }

  @ParameterizedTest
  @EnumSource(Lookup.class)
  void neitherALinkNorDotsLeadOut(Lookup lookup) throws Exception {
    Files.createSymbolicLink(root.resolve("absolute"), outside.resolve("secret"));
    Files.createSymbolicLink(root.resolve("relative"), Path.of("../secret"));
    Files.createSymbolicLink(root.resolve("folder"), outside);
    Files.createSymbolicLink(root.resolve("magic"), Path.of("/proc/self/root" + outside));
    for (Links links : Links.values()) {
      for (String path : new String[] {"absolute", "relative", "folder/secret", "magic/secret", "../secret",
          "lib/../../secret"}) {
        assertThatThrownBy(() -> read(path, links, lookup)).as(path).isInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Lookup.class)
  void aLinkInsideIsNotFollowedWhereNoneIsAccepted(Lookup lookup) throws Exception {
    Files.createSymbolicLink(root.resolve("lib64"), Path.of("lib"));
    Files.createSymbolicLink(root.resolve("lib/link"), Path.of("plain"));
    assertThatThrownBy(() -> read("lib64/plain", Links.NONE, lookup)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> read("lib/link", Links.NONE, lookup)).isInstanceOf(IOException.class);
  }

  @Test
  void anAbsoluteLinkBeginsAtTheFolderHeld() throws Exception {
    Files.createSymbolicLink(root.resolve("lib64"), Path.of("/lib"));
    assertThat(read("lib64/plain", Links.INSIDE, Lookup.WHOLE)).isEqualTo("plain");
  }

  @Test
  void theStatusIsThatOfTheFile() throws Exception {
    Path file = root.resolve("lib/plain");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Files.setLastModifiedTime(file, FileTime.from(1_000_000_000, TimeUnit.SECONDS));
    try (Descriptor held = Descriptor.of(file)) {
      FileStatus status = held.status();
      assertThat(status.sizeBytes()).isEqualTo(5);
      assertThat(status.links()).isEqualTo(1);
      assertThat(status.permissions()).isEqualTo(0640);
      assertThat(status.isPrivate()).isFalse();
      assertThat(status.modifiedSeconds()).isEqualTo(1_000_000_000);
      assertThat(status.changedNanos()).as("its facts changed just now").isGreaterThan(1_000_000_000L * 1_000_000_000);
      assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
      assertThat(status.user()).isEqualTo(((Integer) Files.getAttribute(file, "unix:uid")).longValue());
      assertThat(held.knownStatus()).isEqualTo(status);
    }
  }

  @Test
  void dotsOnlyTakeBackANameBeforeThem() throws Exception {
    for (Lookup lookup : Lookup.values()) {
      assertThat(read("lib/./../lib/plain", Links.INSIDE, lookup)).isEqualTo("plain");
    }
  }
}
