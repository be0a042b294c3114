package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.page.PageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where two servers may disagree on where a message ends, a second request hides in the first. Such a message is refused with a status,
 * the connection ends, and not a byte of it reaches the origin.
 */
class FramingTest {
  private static final Settings.Limits LIMITS = new Settings.Limits(new ServerLimits(64, 3_000, 3_000),
      new OriginLimits(4, 1_000, 1_000, 2_000), FragmentLimits.USUAL, PageLimits.USUAL);
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";

  @ParameterizedTest
  @ValueSource(strings = {
      "POST /a HTTP/1.1\r\nHost : x\r\nContent-Length: 0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nhello",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 36\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\ncontent-length: 5\r\n\r\nhello",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nhello",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nhello",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nX: y\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /a HTTP/1.1\r\nHost: x\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "GET /a HTTP/1.1\nHost: x\n\n",
      "GET /a HTTP/1.1\r\n\r\n",
      "GET /a HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
      "GET /a HTTP/1.1\r\nHost: x/y@z\r\n\r\n",
      "GET /a\r\n\r\n",
      "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET  /a HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /a HTTP/1.1 \r\nHost: x\r\n\r\n"})
  void aMessageWhoseEndIsNotCertainIsRefusedAndReachesNobody(String request) throws Exception {
    try (Wire origin = new Wire(List.of()); RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(), request + HIDDEN);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("Connection: close");
      assertThat(answer.split("HTTP/1\\.1 [1-5]", -1)).as("answers").hasSize(2);
      assertThat(origin.asked()).isEmpty();
    }
  }

  @Test
  void aVersionThatIsNotOneIsSaidToBeSo() throws Exception {
    try (Wire origin = new Wire(List.of()); RunningProxy proxy = proxy(origin.origin())) {
      assertThat(Client.raw(proxy.port(), "GET /a HTTP/2.0\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 505 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"+3\r\nabc\r\n0\r\n\r\n", "-3\r\nabc\r\n0\r\n\r\n", "3 x\r\nabc\r\n0\r\n\r\n",
      "0x3\r\nabc\r\n0\r\n\r\n",
      "3\r\nabcd\r\n0\r\n\r\n", "3\nabc\r\n0\r\n\r\n", "ffffffffffffffff1\r\nabc\r\n0\r\n\r\n", "\r\nabc\r\n0\r\n\r\n"})
  void aChunkWhoseSizeIsNotCertainEndsTheConnection(String body) throws Exception {
    try (Wire origin = new Wire(List.of()); RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(),
          "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body + HIDDEN);
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("HTTP/1.1 2");
      assertThat(origin.all()).doesNotContain("/hidden").doesNotEndWith("0\r\n\r\n");
    }
  }

  @Test
  void aBodyGoesOnWithTheLengthThatItCameWith() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin())) {
      Client.raw(proxy.port(), "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(origin.all()).contains("Content-Length: 5\r\n").doesNotContain("chunked").endsWith("\r\n\r\nhello");
    }
  }

  @Test
  void theBodyOfAGetIsNotPassedOnAndItsLengthIsNot() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(), "GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 34\r\n\r\n" + HIDDEN);
      assertThat(answer.split("HTTP/1\\.1 [1-5]", -1)).as("answers").hasSize(2);
      assertThat(origin.all()).contains("GET /a ").doesNotContain("/hidden").doesNotContain("Content-Length");
    }
  }

  @Test
  void fieldsThatConnectionNamesAreNotPassedOn() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin())) {
      Client.raw(proxy.port(),
          "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\nX-Other: 2\r\n\r\n");
      assertThat(origin.all()).contains("X-Other: 2").doesNotContain("X-Mine");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
      "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"})
  void anAnswerWhoseEndIsNotCertainIsTheOriginsFault(String wrong) throws Exception {
    try (Wire origin = new Wire(List.of(wrong)); RunningProxy proxy = proxy(origin.origin())) {
      assertThat(Client.raw(proxy.port(), "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 502 ");
    }
  }

  private static RunningProxy proxy(Origin origin) throws IOException {
    return RunningProxy.start(0, new Settings(origin, Set.of(origin), 1 << 20, LIMITS), problem -> {});
  }

  /** An origin that writes down every byte that it gets, and answers with the same bytes whatever it was asked. */
  private static final class Wire implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> answers;

    Wire(List<String> answers) throws IOException {
      this.answers = answers;
      Thread.ofPlatform().daemon().start(this::listen);
    }

    Origin origin() {
      return new Origin("127.0.0.1", listener.getLocalPort());
    }

    private void listen() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          socket.setSoTimeout(1_000);
          hear(socket);
        } catch (IOException endOrSilence) {
          continue;
        }
      }
    }

    private void hear(Socket socket) throws IOException {
      InputStream in = socket.getInputStream();
      StringBuilder text = new StringBuilder();
      try {
        for (int letter = in.read(); letter >= 0; letter = in.read()) {
          text.append((char) letter);
          boolean whole = text.indexOf("\r\n\r\n") >= 0 && in.available() == 0;
          if (whole && !answers.isEmpty()) {
            break;
          }
        }
      } finally {
        heard.add(text.toString());
      }
      for (String answer : answers) {
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    }

    /** What came, as far as it came; nothing when nobody connected. */
    List<String> asked() {
      return List.copyOf(heard);
    }

    /** All that came over the first connection. */
    String all() throws InterruptedException {
      String first = heard.poll(5, TimeUnit.SECONDS);
      return first == null ? "" : first;
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
