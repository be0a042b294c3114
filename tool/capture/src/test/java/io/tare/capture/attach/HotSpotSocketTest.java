package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.capture.kernel.AsUser;
import io.tare.capture.kernel.HeldFolder;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HotSpotSocketTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir
  Path folder;

  private Path socket() {
    return folder.resolve("s");
  }

  /** The socket, asked as our own user; it must be this process that listens. */
  private HotSpotSocket connected(long pid, boolean canAnswer) throws IOException {
    try (HeldFolder held = HeldFolder.open(folder, AsUser.ourselves())) {
      return new HotSpotSocket(new HotSpotSocket.Listener(held.place("s"), held.user(), pid), () -> canAnswer);
    }
  }

  private static HotSpotSocket.Limits limits(Duration time) {
    return new HotSpotSocket.Limits(time, 4 << 20);
  }

  private ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    return server.bind(UnixDomainSocketAddress.of(socket()));
  }

  /** Answers one connection as a JVM would, and tells what it was asked. */
  private static CompletableFuture<String> answer(ServerSocketChannel server, String answer) {
    return CompletableFuture.supplyAsync(() -> {
      try (SocketChannel client = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(1024);
        if (client.read(request) < 0) {
          return "";
        }
        client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        return new String(request.array(), 0, request.position(), StandardCharsets.UTF_8);
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    });
  }

  @Test
  void aCommandIsOneStringAndTheAnswerFollowsItsCode() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<String> request = answer(server, "0\ntotal 1K\nused 1K\n");
      HotSpotSocket.Answer answer = connected(ProcessHandle.current().pid(), true).ask("GC.class_histogram -all",
          limits(Duration.ofSeconds(5)));
      assertThat(answer.isSuccess()).isTrue();
      assertThat(answer.text()).isEqualTo("total 1K\nused 1K\n");
      assertThat(request.get()).isEqualTo("1\0jcmd\0GC.class_histogram -all\0\0\0");
    }
  }

  @Test
  void aLongAnswerComesWhole() throws Exception {
    String text = "x".repeat(3_000_000);
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<String> request = answer(server, "1\n" + text);
      HotSpotSocket.Answer answer = connected(ProcessHandle.current().pid(), true).ask("VM.info",
          limits(Duration.ofSeconds(20)));
      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.text()).isEqualTo(text);
      request.get();
    }
  }

  @Test
  void aTargetThatNeverAnswersCostsNoMoreThanTheGivenTime() throws Exception {
    try (ServerSocketChannel server = listen()) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> connected(ProcessHandle.current().pid(), true).ask("VM.version", limits(SHORT)))
          .isInstanceOf(HotSpotSocket.AnswerTimeout.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(5));
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void aTargetThatIsStoppedMeanwhileIsNotWaitedFor() throws Exception {
    try (ServerSocketChannel server = listen()) {
      long began = System.nanoTime();
      assertThatThrownBy(
          () -> connected(ProcessHandle.current().pid(), false).ask("GC.run", limits(Duration.ofMinutes(5))))
          .isInstanceOf(HotSpotSocket.AnswerTimeout.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void anAnswerWithoutACodeIsAnError() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<String> request = answer(server, "hello\nthere");
      assertThatThrownBy(
          () -> connected(ProcessHandle.current().pid(), true).ask("VM.version", limits(Duration.ofSeconds(5))))
          .hasMessageContaining("does not begin with a result code");
      request.get();
    }
  }

  @Test
  void aSocketThatNobodyListensOnIsAnError() throws Exception {
    listen().close();
    assertThatThrownBy(() -> connected(ProcessHandle.current().pid(), true).ask("VM.version", limits(SHORT)))
        .isInstanceOf(IOException.class);
  }

  /** Answers one connection with the same bytes again and again, until the other side goes; tells how many went. */
  private static CompletableFuture<Long> answerForever(ServerSocketChannel server, byte[] piece, long pauseMillis) {
    return CompletableFuture.supplyAsync(() -> {
      long sent = 0;
      try (SocketChannel client = server.accept()) {
        client.write(ByteBuffer.wrap("0\n".getBytes(StandardCharsets.US_ASCII)));
        while (true) {
          sent += client.write(ByteBuffer.wrap(piece));
          Thread.sleep(pauseMillis);
        }
      } catch (IOException | InterruptedException hungUp) {
        return sent;
      }
    });
  }

  @Test
  void anEndlessAnswerIsCutOffAtItsLimit() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Long> sent = answerForever(server, new byte[1 << 16], 0);
      assertThatThrownBy(() -> connected(ProcessHandle.current().pid(), true).ask("VM.version",
          limits(Duration.ofMinutes(1)))).hasMessageContaining("longer than 4 MB");
      assertThat(sent.get()).isLessThan(6L << 20);
    }
  }

  @Test
  void anAnswerThatTricklesIsOverWhenItsTimeIsOver() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<Long> sent = answerForever(server, new byte[1], 20);
      long began = System.nanoTime();
      assertThatThrownBy(() -> connected(ProcessHandle.current().pid(), true).ask("VM.version", limits(SHORT)))
          .isInstanceOf(HotSpotSocket.AnswerTimeout.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(5));
      assertThat(sent.get()).isPositive();
    }
  }

  @Test
  void anotherProcessThanTheOneThatIsMeantIsToldNothing() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<String> request = answer(server, "0\nlies");
      assertThatThrownBy(() -> connected(1, true).ask("VM.version", limits(Duration.ofSeconds(5))))
          .hasMessageContaining("another process");
      assertThat(request.get()).isEmpty();
    }
  }

  @Test
  void aSocketThatTakesThePlaceOfTheOneThatWasLookedAtIsNotConnectedTo() throws Exception {
    try (ServerSocketChannel server = listen()) {
      HotSpotSocket held = connected(ProcessHandle.current().pid(), true);
      Files.move(socket(), folder.resolve("away"));
      try (ServerSocketChannel other = listen()) {
        CompletableFuture<String> request = answer(server, "0\nthe right one");
        assertThat(held.ask("VM.version", limits(Duration.ofSeconds(5))).text()).isEqualTo("the right one");
        assertThat(request.get()).isNotEmpty();
        assertThat(other.isOpen()).isTrue();
      }
    }
  }
}
