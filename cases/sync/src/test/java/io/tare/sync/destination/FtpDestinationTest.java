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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FtpDestinationTest {
  private static final Retry QUICK = new Retry(2, Duration.ofMillis(1), Duration.ofMillis(1));
  private static final byte[] CONTENT = "Grüße aus dem Archiv".getBytes(StandardCharsets.UTF_8);
  private static final FileFacts FACTS = new FileFacts(CONTENT.length, 1_750_000_000_123L, ContentHash.UNKNOWN);

  @TempDir
  Path directory;

  @Test
  void aFileArrivesWholeWithItsTimeAndIsKnownAgain() throws Exception {
    try (FileServer server = FileServer.start(directory.resolve("home"));
        Destination destination = open(server, FileServer.PASSWORD)) {
      assertThat(destination.holds("a b/ü/file.txt", FACTS)).isFalse();
      destination.put("a b/ü/file.txt", FACTS, new ByteArrayInputStream(CONTENT));
      Path arrived = directory.resolve("home/in/a b/ü/file.txt");
      assertThat(arrived).hasBinaryContent(CONTENT);
      assertThat(Files.getLastModifiedTime(arrived).toMillis() / 1000).isEqualTo(FACTS.modifiedMillis() / 1000);
      assertThat(destination.holds("a b/ü/file.txt", FACTS)).isTrue();
      FileFacts newer = new FileFacts(CONTENT.length, FACTS.modifiedMillis() + 5000, ContentHash.UNKNOWN);
      assertThat(destination.holds("a b/ü/file.txt", newer)).isFalse();
    }
  }

  @Test
  void aFileIsReplacedAndTakenAway() throws Exception {
    try (FileServer server = FileServer.start(directory.resolve("home"));
        Destination destination = open(server, FileServer.PASSWORD)) {
      destination.put("file", FACTS, new ByteArrayInputStream(CONTENT));
      destination.put("file", FACTS, new ByteArrayInputStream(new byte[] {1, 2}));
      assertThat(directory.resolve("home/in/file")).hasBinaryContent(new byte[] {1, 2});
      destination.delete("file");
      destination.delete("file");
      assertThat(directory.resolve("home/in/file")).doesNotExist();
    }
  }

  @Test
  void aStreamThatBreaksLeavesNoFileUnderTheName() throws Exception {
    try (FileServer server = FileServer.start(directory.resolve("home"));
        Destination destination = open(server, FileServer.PASSWORD)) {
      InputStream breaking = new InputStream() {
        @Override
        public int read() throws IOException {
          throw new IOException("cut");
        }
      };
      assertThatThrownBy(() -> destination.put("file", FACTS, breaking)).isInstanceOf(IOException.class);
      assertThat(directory.resolve("home/in/file")).doesNotExist();
      destination.put("file", FACTS, new ByteArrayInputStream(CONTENT));
      assertThat(directory.resolve("home/in/file")).hasBinaryContent(CONTENT);
    }
  }

  @Test
  void namesThatLeaveTheDirectoryOrSmuggleCommandsAreRefused() throws Exception {
    try (FileServer server = FileServer.start(directory.resolve("home"));
        Destination destination = open(server, FileServer.PASSWORD)) {
      for (String path : new String[] {"../above", "a/../../b", "/absolute", "a//b", "x\r\nDELE y", "."}) {
        assertThatThrownBy(() -> destination.put(path, FACTS, new ByteArrayInputStream(CONTENT))).as(path)
            .isInstanceOf(IOException.class).hasMessageContaining("the path");
      }
    }
  }

  @Test
  void aWrongPasswordIsSaidSoWithoutThePassword() throws Exception {
    try (FileServer server = FileServer.start(directory.resolve("home"))) {
      assertThatThrownBy(() -> open(server, "guessed")).isInstanceOf(Unavailable.class)
          .hasMessageContaining("SYNC_FTP_PASSWORD").message().doesNotContain("guessed");
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidSo() throws Exception {
    int freePort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      freePort = socket.getLocalPort();
    }
    FtpAddress address = FtpAddress.parse("ftp://sync@127.0.0.1:" + freePort + "/in", Optional.empty());
    assertThatThrownBy(() -> ServerDestination.open(address, "x", QUICK)).isInstanceOf(Unavailable.class)
        .hasMessageContaining("can't be reached");
  }

  @Test
  void withTlsAServerIsOnlyBelievedWithACertificateThatIsTrusted() throws Exception {
    Path keys = directory.resolve("keys.p12");
    Path trust = directory.resolve("trust.pem");
    keytool("-genkeypair", "-alias", "ftp", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
        "san=ip:127.0.0.1,dns:localhost", "-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass",
        "password");
    keytool("-exportcert", "-rfc", "-alias", "ftp", "-keystore", keys.toString(), "-storepass", "password", "-file",
        trust.toString());
    try (FileServer server = FileServer.startEncrypted(directory.resolve("home"), keys, "password")) {
      String address = "ftps://sync@127.0.0.1:" + server.port() + "/in";
      FtpAddress trusting = FtpAddress.parse(address, Optional.of(trust));
      try (Destination destination = ServerDestination.open(trusting, FileServer.PASSWORD, QUICK)) {
        destination.put("secret", FACTS, new ByteArrayInputStream(CONTENT));
        assertThat(directory.resolve("home/in/secret")).hasBinaryContent(CONTENT);
      }
      FtpAddress unknown = FtpAddress.parse(address, Optional.empty());
      assertThatThrownBy(() -> ServerDestination.open(unknown, FileServer.PASSWORD, QUICK))
          .isInstanceOf(Unavailable.class);
    }
  }

  private static void keytool(String... words) throws IOException, InterruptedException {
    String[] command = new String[words.length + 1];
    command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    System.arraycopy(words, 0, command, 1, words.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private static Destination open(FileServer server, String password) throws IOException, InterruptedException {
    FtpAddress address = FtpAddress.parse("ftp://" + FileServer.USER + "@127.0.0.1:" + server.port() + "/in",
        Optional.empty());
    return ServerDestination.open(address, password, QUICK);
  }
}
