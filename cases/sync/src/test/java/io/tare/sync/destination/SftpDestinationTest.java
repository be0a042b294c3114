package io.tare.sync.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.source.Retry;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SftpDestinationTest {
  private static final Retry QUICK = new Retry(2, Duration.ofMillis(1), Duration.ofMillis(1));
  private static final byte[] CONTENT = "Grüße aus dem Archiv".getBytes(StandardCharsets.UTF_8);
  private static final FileFacts FACTS = new FileFacts(CONTENT.length, 1_750_000_000_123L, ContentHash.UNKNOWN);

  @TempDir
  Path directory;
  private SshServer server;
  private Path home;

  @BeforeEach
  void start() throws Exception {
    home = directory.resolve("home");
    server = SshServer.start(home);
    Files.writeString(directory.resolve("known_hosts"), server.knownHost());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aFileArrivesWholeWithItsTimeAndIsSeenAgain() throws Exception {
    try (Destination destination = open(SshServer.PASSWORD)) {
      assertThat(destination.look("a b/ü/").find("file")).isEmpty();
      destination.put("a b/ü/file", FACTS, new ByteArrayInputStream(CONTENT));
      Path arrived = home.resolve("in/a b/ü/file");
      assertThat(arrived).hasBinaryContent(CONTENT);
      assertThat(Files.getLastModifiedTime(arrived).toMillis()).isEqualTo(1_750_000_000_000L);
      assertThat(destination.look("a b/ü/").find("file"))
          .contains(Standing.of(CONTENT.length, 1_750_000_000_000L, 1000));
      assertThat(destination.holds("a b/ü/file", FACTS)).isTrue();
      assertThat(destination.hash("a b/ü/file"))
          .isEqualTo(ContentHash.ofContent(new ByteArrayInputStream(CONTENT)));
      assertThat(destination.hash("none")).isEqualTo(ContentHash.UNKNOWN);
    }
  }

  @Test
  void aFileIsReplacedAndTakenAway() throws Exception {
    try (Destination destination = open(SshServer.PASSWORD)) {
      destination.put("file", FACTS, new ByteArrayInputStream(CONTENT));
      destination.put("file", FACTS, new ByteArrayInputStream(new byte[] {1, 2}));
      assertThat(home.resolve("in/file")).hasBinaryContent(new byte[] {1, 2});
      destination.delete("file");
      destination.delete("file");
      assertThat(home.resolve("in")).isEmptyDirectory();
    }
  }

  @Test
  void aStreamThatBreaksLeavesNothing() throws Exception {
    InputStream breaking = new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("cut");
      }
    };
    try (Destination destination = open(SshServer.PASSWORD)) {
      assertThatThrownBy(() -> destination.put("file", FACTS, breaking)).hasMessage("cut");
      assertThat(home.resolve("in")).isEmptyDirectory();
    }
  }

  @Test
  void whatAKilledUploadLeftIsTakenAway() throws Exception {
    Files.createDirectories(home.resolve("in"));
    Files.write(home.resolve("in/file" + Destination.PART), CONTENT);
    try (Destination destination = open(SshServer.PASSWORD)) {
      destination.deletePart("file");
      destination.deletePart("file");
    }
    assertThat(home.resolve("in")).isEmptyDirectory();
  }

  @Test
  void aWrongPasswordIsSaidSoWithoutThePassword() {
    assertThatThrownBy(() -> open("guessed")).isInstanceOf(Unavailable.class)
        .hasMessageContaining("SYNC_SFTP_PASSWORD").message().doesNotContain("guessed");
  }

  @Test
  void aServerThatIsNotKnownIsNotBelieved() throws Exception {
    Files.writeString(directory.resolve("known_hosts"), "");
    assertThatThrownBy(() -> open(SshServer.PASSWORD)).isInstanceOf(Unavailable.class)
        .hasMessageContaining("has to stand in " + directory.resolve("known_hosts"));
  }

  private Destination open(String password) throws IOException, InterruptedException {
    SftpAddress address = SftpAddress.parse("sftp://" + SshServer.USER + "@127.0.0.1:" + server.port() + "/in",
        directory.resolve("known_hosts"), Optional.empty());
    return ServerDestination.open(address, password, QUICK);
  }
}
