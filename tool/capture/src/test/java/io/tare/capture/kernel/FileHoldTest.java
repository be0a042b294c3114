package io.tare.capture.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.kernel.FileFacts.Kind;
import io.tare.capture.kernel.FileHold.Links;
import io.tare.capture.kernel.FileHold.Lookup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No path below a held folder leads out of it; both ways of looking it up agree on that. */
class FileHoldTest {
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
    try (FileHold held = FileHold.of(root, lookup); FileHold file = held.below(path, links)) {
      if (file.facts().kind() != Kind.REGULAR) {
        throw new IOException("it is " + file.facts().kind().words());
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
  void factsAreThoseOfTheFile() throws Exception {
    try (FileHold held = FileHold.of(root.resolve("lib/plain"))) {
      FileFacts facts = held.facts();
      assertThat(facts.sizeBytes()).isEqualTo(5);
      assertThat(facts.names()).isEqualTo(1);
      assertThat(facts.inode()).isEqualTo(Files.getAttribute(root.resolve("lib/plain"), "unix:ino"));
      assertThat(facts.owner())
          .isEqualTo(((Integer) Files.getAttribute(root.resolve("lib/plain"), "unix:uid")).longValue());
    }
  }
}
