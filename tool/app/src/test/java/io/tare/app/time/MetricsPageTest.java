package io.tare.app.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.model.history.LiveReading;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of metrics among clients that mean well, and others. */
@Tag("slow")
@Timeout(60)
class MetricsPageTest {
  private static final String GET = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final int PATIENCE_MILLIS = 3_000;

  private MetricsPage page;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    page = MetricsPage.open("0");
    page.show(readings(1));
  }

  @AfterEach
  void close() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    page.close();
  }

  private static List<LiveReading> readings(int processes) {
    long[] values = Sample.noValues();
    values[SampleColumn.RSS.index()] = 1L << 20;
    values[SampleColumn.CPU_NANOS.index()] = 1_000_000_000;
    return IntStream.range(0, processes)
        .mapToObj(i -> new LiveReading(new RecordedProcess(i + 1, 1, "b", "orders", "native", OptionalLong.empty()),
            Sample.of(1, values), OptionalLong.empty(), Optional.empty(), Map.of()))
        .toList();
  }

  private Socket client(String said) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), page.port());
    client.setSoTimeout(PATIENCE_MILLIS);
    clients.add(client);
    client.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
    return client;
  }

  private String answer(String said) throws IOException {
    try (Socket client = client(said)) {
      // An answer that stays open would be read to its end too late.
      InputStream in = client.getInputStream();
      StringBuilder answer = new StringBuilder();
      for (int c = in.read(); c >= 0 && !isWhole(answer); c = in.read()) {
        answer.append((char) c);
      }
      return answer.toString();
    }
  }

  private static boolean isWhole(StringBuilder answer) {
    return answer.toString().endsWith("# EOF\n");
  }

  private String answer(String request, String... headers) throws IOException {
    return answer(request + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  @Test
  void tenHalfRequestsDoNotKeepTheEleventhClientWaiting() throws IOException {
    for (int i = 0; i < 10; i++) {
      client("GET /metrics HTTP/1.1\r\nHost: loc");
    }
    assertThat(answer(GET)).startsWith("HTTP/1.1 200 OK").contains("process_resident_memory_bytes{");
  }

  @Test
  void aHundredClientsThatSayNothingDoNotKeepTheNextOneWaiting() throws IOException {
    for (int i = 0; i < 100; i++) {
      client("");
    }
    assertThat(answer(GET)).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void clientsThatNeverReadDoNotKeepTheNextOneWaiting() throws IOException {
    // More than the buffers of both ends hold.
    page.show(readings(15_000));
    for (int i = 0; i < 3; i++) {
      client(GET);
    }
    page.show(readings(1));
    assertThat(answer(GET)).startsWith("HTTP/1.1 200 OK");
  }

  @Test
  void whoSaysTooLittleForTooLongIsCutOff() throws Exception {
    Socket slow = client("GET /metrics HTTP/1.1\r\n");
    slow.setSoTimeout(20_000);
    Thread trickle = Thread.ofPlatform().daemon().start(() -> {
      try {
        for (int i = 0; i < 60; i++) {
          slow.getOutputStream().write("X: y\r\n".getBytes(StandardCharsets.ISO_8859_1));
          Thread.sleep(300);
        }
      } catch (IOException | InterruptedException cutOff) {
        Thread.currentThread().interrupt();
      }
    });
    assertThat(ends(slow)).isTrue();
    trickle.join(2_000);
  }

  private static boolean ends(Socket client) {
    try {
      return client.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT", "OPTIONS", "TRACE"})
  void metricsCanOnlyBeRead(String method) throws IOException {
    assertThat(answer(method + " /metrics", "Host: localhost", "Content-Length: 4", "", "body"))
        .startsWith("HTTP/1.1 405 ").contains("Allow: GET, HEAD").doesNotContain("process_resident");
  }

  @Test
  void headSaysHowMuchThereIsAndNothingElse() throws IOException {
    assertThat(answer("HEAD /metrics", "Host: localhost")).startsWith("HTTP/1.1 200 OK").contains("Content-Length: ")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example",
      "10.1.2.3", "[2001:db8::1]:80", ""})
  void aNameThatIsNotOursIsRefused(String host) throws IOException {
    assertThat(answer("GET /metrics", "Host: " + host)).startsWith("HTTP/1.1 421 ").doesNotContain("process_resident");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:9400", "127.0.0.1:9400", "127.0.0.1", "[::1]:9400"})
  void ourOwnNamesAreServed(String host) throws IOException {
    assertThat(answer("GET /metrics", "Host: " + host)).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theAddressThatWasNamedIsServed() throws Exception {
    page.close();
    page = MetricsPage.open("127.0.0.2:0");
    try (Socket client = new Socket("127.0.0.2", page.port())) {
      client.getOutputStream()
          .write("GET /metrics HTTP/1.1\r\nHost: 127.0.0.2\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
      assertThat(client.getInputStream().readNBytes(12)).asString(StandardCharsets.US_ASCII).isEqualTo("HTTP/1.1 200");
    }
  }

  @Test
  void aRequestWithoutAHostOrWithTwoIsNone() throws IOException {
    assertThat(answer("GET /metrics", "Accept: */*")).startsWith("HTTP/1.1 400 ");
    assertThat(answer("GET /metrics", "Host: localhost", "Host: evil.example")).startsWith("HTTP/1.1 400 ");
    assertThat(answer("nonsense", "Host: localhost")).startsWith("HTTP/1.1 400 ");
    assertThat(answer("GET /metrics HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aMegabyteOfHeadersIsRefused() throws IOException {
    assertThat(answer("GET /metrics", "Host: localhost", "X-Long: " + "x".repeat(1 << 20)))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void elsewhereThereIsNothing() throws IOException {
    assertThat(answer("GET /", "Host: localhost")).startsWith("HTTP/1.1 404 ").contains("metrics are at /metrics");
    assertThat(answer("GET /metrics/../etc", "Host: localhost")).startsWith("HTTP/1.1 404 ");
    assertThat(answer("GET /metrics?name=x", "Host: localhost")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void theClientGetsTheDialectThatItLikesBetter() throws IOException {
    assertThat(answer("GET /metrics", "Host: localhost", "Accept: text/plain"))
        .contains("Content-Type: text/plain; version=0.0.4", "# TYPE process_cpu_seconds_total counter\n")
        .doesNotContain("# EOF");
    assertThat(answer("GET /metrics", "Host: localhost",
        "Accept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1"))
        .contains("Content-Type: application/openmetrics-text; version=1.0.0", "# EOF");
    assertThat(answer(GET)).as("to whom both are the same").contains("Content-Type: text/plain; version=0.0.4");
  }
}
