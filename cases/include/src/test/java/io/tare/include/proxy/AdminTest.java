package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.proxy.RunningProxy.Doors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What those who run a proxy can ask of it. */
class AdminTest {
  @TempDir
  Path folder;
  private Site site;
  private RunningProxy proxy;

  @BeforeEach
  void start() throws IOException {
    site = new Site().page("/a", "[a]").page("/b", "[b]").page("/page",
        "<esi:include src='/a'/><esi:include src='/b'/>");
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    proxy = RunningProxy.start(
        new Doors(free, Optional.of(free), Optional.of(AccessLog.to(folder.resolve("access.log")))),
        Settings.usual(site.origin()), problem -> {});
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    site.close();
  }

  private String admin(String request) throws IOException {
    String answer = Client.raw(proxy.adminPort().orElseThrow(), request + " HTTP/1.0\r\nHost: x\r\n\r\n");
    return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void everythingThatHappensIsCounted() throws IOException {
    site.page("/broken", "<esi:include src='/none'/>").page("/text", exchange -> exchange.answerText(200, "text"));
    for (int i = 0; i < 3; i++) {
      assertThat(Client.body(proxy.port(), "/page")).isEqualTo("[a][b]");
    }
    Client.body(proxy.port(), "/broken");
    Client.body(proxy.port(), "/text");
    Client.raw(proxy.port(), "GET / HTTP/1.1\r\n\r\n");
    String metrics = admin("GET /metrics");
    assertThat(metrics.lines()).contains("include_requests_total{class=\"2xx\"} 5",
        "include_requests_total{class=\"4xx\"} 1",
        "include_answers_total{way=\"assembled\"} 4", "include_answers_total{way=\"passed\"} 1",
        "include_fragments_total{outcome=\"hit\"} 4", "include_fragments_total{outcome=\"fetch\"} 3",
        "include_fragments_total{outcome=\"failure\"} 1", "include_page_problems_total 1", "include_cache_fragments 2",
        "include_request_seconds_bucket{le=\"+Inf\"} 6", "include_request_seconds_count 6");
    assertThat(metrics).endsWith("# EOF\n");
  }

  @Test
  void theMetricsAreOpenMetrics() throws IOException {
    String family = "";
    long bucket = 0;
    for (String line : admin("GET /metrics").substring(4).lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        family = line.split(" ", -1)[2];
        bucket = 0;
      } else if (!line.startsWith("#")) {
        assertThat(line).matches("[a-z_]+(\\{[a-z]+=\"[^\"]+\"})? [0-9.]+").startsWith(family);
      }
      if (line.contains("_bucket")) {
        long value = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        assertThat(value).as("buckets add up").isGreaterThanOrEqualTo(bucket);
        bucket = value;
      }
    }
  }

  @Test
  void aFragmentThatIsPurgedIsAskedForAgain() throws IOException {
    Client.body(proxy.port(), "/page");
    assertThat(admin("PURGE /a")).isEqualTo("200 purged 1\n");
    assertThat(admin("PURGE /a")).isEqualTo("200 purged 0\n");
    Client.body(proxy.port(), "/page");
    assertThat(List.of(site.asked("/a"), site.asked("/b"))).containsExactly(2, 1);
    assertThat(admin("PURGE /*")).isEqualTo("200 purged 2\n");
    assertThat(proxy.cache().size()).isZero();
    assertThat(proxy.cache().weightBytes()).isZero();
  }

  @Test
  void nothingElseIsAnsweredThereAndNothingOfItWhereClientsAre() throws IOException {
    assertThat(admin("GET /health")).isEqualTo("200 here\n");
    assertThat(admin("GET /page")).startsWith("404 there are GET /metrics");
    assertThat(Client.raw(proxy.port(), "PURGE /a HTTP/1.0\r\nHost: x\r\n\r\n")).as("goes to the origin")
        .endsWith("[a]");
    Client.body(proxy.port(), "/page");
    assertThat(proxy.cache().size()).isEqualTo(2);
  }

  @Test
  void eachRequestIsALineThatNobodyCanForge() throws IOException {
    Client.raw(proxy.port(), "GET /a HTTP/1.0\r\nHost: x\r\nReferer: http://x/\"\\\r\nUser-Agent: \u00e9\t1\r\n\r\n");
    Client.raw(proxy.port(), "nonsense\r\n\r\n");
    Files.move(folder.resolve("access.log"), folder.resolve("access.log.1"));
    assertThat(admin("POST /reopen-log")).isEqualTo("200 reopened\n");
    Client.raw(proxy.port(), "GET /b HTTP/1.0\r\nHost: x\r\n\r\n");
    proxy.close();
    List<String> lines = Files.readAllLines(folder.resolve("access.log.1"), StandardCharsets.US_ASCII);
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] "
            + "\"GET /a HTTP/1\\.0\" 200 3 \"http://x/\\\\x22\\\\x5C\" \"\\\\xE9\\\\x091\" \\d+\\.\\d{6}");
    assertThat(lines.get(1)).contains("\"- - HTTP/1.1\" 400 ");
    assertThat(Files.readAllLines(folder.resolve("access.log"), StandardCharsets.US_ASCII)).singleElement().asString()
        .contains("\"GET /b HTTP/1.0\" 200 3 ");
  }
}
