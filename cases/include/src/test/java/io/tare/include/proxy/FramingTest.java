package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.http.HttpServer;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where two servers may disagree on where a message ends, a second request hides in the first. Such a message is refused with a status,
 * the connection ends, and not a byte of it reaches the origin.
 */
class FramingTest {
  private static final Settings.Limits LIMITS = new Settings.Limits(new ServerLimits(64, 3_000, 3_000, 3_000),
      new OriginLimits(4, 1_000, 1_000, 2_000), FragmentLimits.USUAL, PageLimits.USUAL);
  private static final String HIDDEN = "GET /plain/7777 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  /** A line of framing.txt. */
  record Sent(String status, String where, String name, String bytes) {
    static Sent of(String line) {
      String[] words = line.split(" ", 4);
      String bytes = Pattern.compile("\\\\(r|n|t|x([0-9a-f]{2}))").matcher(words[3])
          .replaceAll(found -> switch (found.group(1).charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(2), 16)));
          });
      return new Sent(words[0], words[1], words[2], bytes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sent> all(String where) throws IOException {
    try (InputStream in = FramingTest.class.getResourceAsStream("framing.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().filter(line -> !line.startsWith("#"))
          .map(Sent::of).filter(sent -> sent.where().equals(where)).toList().stream();
    }
  }

  static Stream<Sent> wrongHeads() throws IOException {
    return all("head");
  }

  static Stream<Sent> wrongBodies() throws IOException {
    return all("body");
  }

  static Stream<Sent> fineOnes() throws IOException {
    return all("fine");
  }

  @ParameterizedTest
  @MethodSource("wrongHeads")
  void aMessageWhoseEndIsNotCertainIsRefusedAndReachesNobody(Sent sent) throws Exception {
    try (Wire origin = new Wire(List.of()); RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(), sent.bytes() + HIDDEN);
      assertThat(answer).startsWith("HTTP/1.1 " + sent.status() + " ").contains("Connection: close");
      assertThat(statuses(answer)).as("answers").hasSize(1);
      assertThat(origin.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("wrongBodies")
  void aChunkWhoseSizeIsNotCertainEndsTheConnection(Sent sent) throws Exception {
    try (Wire origin = new Wire(List.of()); RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(), sent.bytes() + HIDDEN);
      assertThat(answer).startsWith("HTTP/1.1 " + sent.status() + " ").contains("Connection: close");
      assertThat(statuses(answer)).as("answers").hasSize(1);
      assertThat(origin.all()).as("the origin does not see the second request, nor the end of the first")
          .doesNotContain("/plain/7777").doesNotEndWith("\r\n0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @MethodSource("fineOnes")
  void whatIsCertainIsAnsweredAndSoIsTheRequestBehindIt(Sent sent) throws Exception {
    try (HttpServer origin = HttpServer.start(0, exchange -> {
      exchange.requestBody().transferTo(java.io.OutputStream.nullOutputStream());
      exchange.answerText(200, exchange.request().target());
    }, ServerLimits.USUAL); RunningProxy proxy = proxy(new Origin("127.0.0.1", origin.port()))) {
      String answer = Client.raw(proxy.port(), sent.bytes() + HIDDEN);
      assertThat(statuses(answer)).containsExactly("200", "200");
      assertThat(answer).contains("/plain/7777\n");
    }
  }

  private static List<String> statuses(String answers) {
    return Pattern.compile("HTTP/1\\.1 (\\d{3}) ").matcher(answers).results().map(found -> found.group(1))
        .filter(status -> !status.equals("100")).toList();
  }

  @Test
  void aHeadThatComesTooSlowlyIsRefused() throws Exception {
    try (Wire origin = new Wire(List.of());
        RunningProxy proxy = proxy(origin.origin());
        Socket client = new Socket("127.0.0.1", proxy.port())) {
      client.setSoTimeout(10_000);
      long start = System.nanoTime();
      for (int letter = 0; letter < 60 && client.getInputStream().available() == 0; letter++) {
        client.getOutputStream()
            .write("GET / HTTP/1.1\r\nX: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy".charAt(letter));
        Site.sleep(100);
      }
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 408 ").contains("a head that took more than 3000 ms");
      assertThat((System.nanoTime() - start) / 1_000_000).isBetween(2_900L, 6_000L);
    }
  }

  @Test
  void aClientThatWaitsToBeAskedForItsBodyIsAsked() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin());
        Socket client = new Socket("127.0.0.1", proxy.port())) {
      client.setSoTimeout(5_000);
      client.getOutputStream().write(("POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n"
          + "Expect: 100-continue\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(client.getInputStream().readNBytes(25), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 204 ");
      assertThat(origin.all()).doesNotContain("Expect").endsWith("\r\n\r\nhello");
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
  void theBodyOfAGetGoesOnAsItsBody() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin())) {
      String answer = Client.raw(proxy.port(),
          "GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + HIDDEN.length() + "\r\n\r\n"
              + HIDDEN);
      assertThat(statuses(answer)).containsExactly("204");
      assertThat(origin.all()).startsWith("GET /a ").contains("Content-Length: " + HIDDEN.length() + "\r\n")
          .endsWith("\r\n\r\n" + HIDDEN);
    }
  }

  @Test
  void aBodyInChunksGoesOnInChunksAndNoBodyAsNone() throws Exception {
    try (Wire origin = new Wire(List.of("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        RunningProxy proxy = proxy(origin.origin())) {
      Client.raw(proxy.port(), "PUT /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
          + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
      assertThat(origin.all()).startsWith("PUT /a ").contains("Transfer-Encoding: chunked\r\n")
          .doesNotContain("Content-Length").endsWith("\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
      Client.raw(proxy.port(), "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(origin.all()).startsWith("POST /a ").doesNotContain("Transfer-Encoding")
          .doesNotContain("Content-Length")
          .endsWith("\r\n\r\n");
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
          if (!answers.isEmpty() && isWhole(text.toString())) {
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

    /** With its body, which may come after its head. */
    private static boolean isWhole(String text) {
      int head = text.indexOf("\r\n\r\n");
      if (head < 0 || text.contains("Transfer-Encoding: chunked")) {
        return head >= 0 && text.endsWith("\r\n0\r\n\r\n");
      }
      Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(text);
      return text.length() - head - 4 >= (length.find() ? Integer.parseInt(length.group(1)) : 0);
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
