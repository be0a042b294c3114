package io.tare.sync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that is overloaded for a while. */
class S3UnderStressTest {
  private static final String SLOW_DOWN = "<Error><Code>SlowDown</Code><Message>later</Message></Error>";
  private static final String ONE_FILE = """
      <ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>a.txt</Key><Size>1</Size>
      <LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>"9e107d9d372bb6826bd81d3542a419d6"</ETag></Contents>
      </ListBucketResult>""";
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private int refusals;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aStoreThatAsksToSlowDownIsAskedAgain() throws Exception {
    refusals = 3;
    List<String> found = list();
    assertThat(found).containsExactly("a.txt");
    assertThat(requests).hasValue(4);
  }

  @Test
  void itIsNotAskedForEver() {
    refusals = Integer.MAX_VALUE;
    assertThatThrownBy(this::list).isInstanceOf(IOException.class).hasMessageContaining("503 SlowDown");
    assertThat(requests).hasValue(5);
  }

  private List<String> list() throws IOException, InterruptedException {
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    S3Settings settings = new S3Settings("bucket", "", Optional.of(endpoint), Listing.FLAT, 10);
    Retry quick = new Retry(5, Duration.ofMillis(1), Duration.ofMillis(4));
    List<String> found = new ArrayList<>();
    try (S3Source source = new S3Source(settings,
        S3Clients.open(settings.endpoint(), "us-east-1", ObjectStore.KEY), quick, new RateLimit(0))) {
      source.list(Place.ROOT, page -> page.files().forEach(file -> found.add(file.path())));
    }
    return found;
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean refuse = requests.incrementAndGet() <= refusals;
    byte[] body = (refuse ? SLOW_DOWN : ONE_FILE).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(refuse ? 503 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
