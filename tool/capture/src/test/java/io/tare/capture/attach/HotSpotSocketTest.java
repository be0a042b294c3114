package io.tare.capture.attach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotSpotSocketTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir
  Path folder;

  private Path socket() {
    return folder.resolve("s");
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
        client.read(request);
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
      HotSpotSocket.Answer answer = new HotSpotSocket(socket(), () -> true).ask("GC.class_histogram -all",
          Duration.ofSeconds(5));
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
      HotSpotSocket.Answer answer = new HotSpotSocket(socket(), () -> true).ask("VM.info", Duration.ofSeconds(20));
      assertThat(answer.code()).isEqualTo(1);
      assertThat(answer.text()).isEqualTo(text);
      request.get();
    }
  }

  @Test
  void aTargetThatNeverAnswersCostsNoMoreThanTheGivenTime() throws Exception {
    try (ServerSocketChannel server = listen()) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> new HotSpotSocket(socket(), () -> true).ask("VM.version", SHORT))
          .isInstanceOf(HotSpotSocket.AnswerTimeout.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(SHORT, SHORT.plusSeconds(5));
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void aTargetThatIsStoppedMeanwhileIsNotWaitedFor() throws Exception {
    try (ServerSocketChannel server = listen()) {
      long began = System.nanoTime();
      assertThatThrownBy(() -> new HotSpotSocket(socket(), () -> false).ask("GC.run", Duration.ofMinutes(5)))
          .isInstanceOf(HotSpotSocket.AnswerTimeout.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.isOpen()).isTrue();
    }
  }

  @Test
  void anAnswerWithoutACodeIsAnError() throws Exception {
    try (ServerSocketChannel server = listen()) {
      CompletableFuture<String> request = answer(server, "hello\nthere");
      assertThatThrownBy(() -> new HotSpotSocket(socket(), () -> true).ask("VM.version", Duration.ofSeconds(5)))
          .hasMessageContaining("does not begin with a result code");
      request.get();
    }
  }

  @Test
  void aSocketThatNobodyListensOnIsAnError() throws Exception {
    listen().close();
    assertThatThrownBy(() -> new HotSpotSocket(socket(), () -> true).ask("VM.version", SHORT))
        .isInstanceOf(IOException.class);
  }
}
