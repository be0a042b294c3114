package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.http.Head;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.load.LoadGenerator;
import io.tare.include.load.LoadPlan;
import io.tare.include.load.LoadReport;
import io.tare.include.page.PageLimits;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Slow clients, silent origins, wrong requests: each ends in time, with a clear answer, and takes a bounded part of the machine. */
class BoundsTest {
  private static final Settings.Limits SHORT = new Settings.Limits(new ServerLimits(64, 2_000, 2_000, 1_500),
      new OriginLimits(4, 300, 300, 1_000), FragmentLimits.USUAL, PageLimits.USUAL);

  /** Where no limit is the claim: on a busy machine three hundred milliseconds pass. */
  private static final Settings.Limits LONG = new Settings.Limits(new ServerLimits(64, 60_000, 60_000, 60_000),
      new OriginLimits(4, 30_000, 30_000, 60_000), FragmentLimits.USUAL, PageLimits.USUAL);

  @Test
  void aClientThatDoesNotReadHoldsTheOriginBackAndIsCutInTheEnd() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (Site site = new Site(); RunningProxy proxy = proxy(site.origin())) {
      site.page("/endless", exchange -> {
        var out = exchange.answer(200, List.of(new Head.Field("Content-Type", "text/html")), OptionalLong.empty());
        byte[] part = "<p>a page that never ends</p>\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        while (true) {
          out.write(part);
          sent.addAndGet(part.length);
        }
      });
      try (Socket client = new Socket()) {
        client.setReceiveBufferSize(32_768);
        client.connect(new java.net.InetSocketAddress("127.0.0.1", proxy.port()));
        client.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        long after = settled(sent);
        assertThat(after).as("bytes that the origin could send").isBetween(1L, 40_000_000L);
        eventually(() -> proxy.openConnections() == 0, "the stalled client is cut");
      }
    }
  }

  @Test
  void anOriginThatNeverAnswersGivesAnError() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        RunningProxy proxy = proxy(new Origin("127.0.0.1", silent.getLocalPort()))) {
      assertThat(get(proxy, "/")).startsWith("HTTP/1.1 504").contains("did not answer in time: /");
    }
  }

  @Test
  void anOriginThatIsNotThereGivesAnError() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    try (RunningProxy proxy = proxy(new Origin("127.0.0.1", port))) {
      assertThat(get(proxy, "/")).startsWith("HTTP/1.1 502").contains("can't be asked for /");
    }
  }

  @Test
  void aFragmentThatNeverComesIsLeftOut() throws Exception {
    try (
        Site site = new Site().slow("/slow", 15_000, "[slow]").page("/page",
            "1<esi:include src='/slow' onerror='continue'/>2");
        RunningProxy proxy = proxy(site.origin(), new Settings.Limits(LONG.server(), new OriginLimits(4, 3_000, 3_000,
            6_000), FragmentLimits.USUAL, PageLimits.USUAL))) {
      long start = System.nanoTime();
      assertThat(Client.body(proxy.port(), "/page")).isEqualTo("12");
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(15_000);
    }
  }

  @Test
  void anOriginThatDribblesIsGivenUp() throws Exception {
    try (Site site = new Site(); RunningProxy proxy = proxy(site.origin())) {
      site.page("/dribble", exchange -> {
        var out = exchange.answer(200, List.of(new Head.Field("Content-Type", "text/html")), OptionalLong.empty());
        for (int i = 0; i < 100; i++) {
          out.write('x');
          out.flush();
          Site.sleep(100);
        }
      });
      long start = System.nanoTime();
      assertThat(Client.body(proxy.port(), "/dribble").length()).isLessThan(60);
      assertThat((System.nanoTime() - start) / 1_000_000).isLessThan(5_000);
    }
  }

  /** Pages that hold connections to the origin while their fragments wait for some would wait for ever. */
  @Test
  void manyPagesAtOnceDoNotStarveTheirFragments() throws Exception {
    try (Site site = new Site(); RunningProxy proxy = proxy(site.origin(), LONG)) {
      for (int i = 0; i < 50; i++) {
        site.page("/page/" + i, "1<esi:include src='/part/" + i + "'/>2").slow("/part/" + i, 20, "x");
      }
      LoadReport report = LoadGenerator.run(new LoadPlan(new Origin("127.0.0.1", proxy.port()), "page", 50, 100, 1, 40),
          1);
      assertThat(report.failed()).isZero();
      assertThat(report.answered()).isGreaterThan(30);
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws Exception {
    try (Site site = new Site(); RunningProxy proxy = proxy(site.origin())) {
      assertThat(Client.raw(proxy.port(), "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400")
          .contains("not a first line of HTTP");
      assertThat(Client.raw(proxy.port(), "GET / HTTP/1.1\r\nno colon\r\n\r\n")).startsWith("HTTP/1.1 400");
      assertThat(Client.raw(proxy.port(), "GET ftp://x/ HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400");
      assertThat(Client.raw(proxy.port(), "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"))
          .startsWith("HTTP/1.1 400");
      assertThat(Client.raw(proxy.port(), "GET /" + "x".repeat(20_000))).startsWith("HTTP/1.1 431");
    }
  }

  @Test
  void bodiesGoThroughAndConnectionsAreUsedAgain() throws Exception {
    try (Site site = new Site(); RunningProxy proxy = proxy(site.origin(), LONG)) {
      site.page("/echo", exchange -> exchange.answerText(200,
          exchange.request().method() + " "
              + new String(exchange.requestBody().readAllBytes(), StandardCharsets.US_ASCII)));
      String twice = Client.raw(proxy.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello"
          + "PUT /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n");
      assertThat(twice).contains("POST hello", "PUT abcde");
      assertThat(Client.raw(proxy.port(), "HEAD /echo HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void oneConnectionTooManyIsClosedAtOnce() throws Exception {
    try (Site site = new Site().page("/a", "[a]"); RunningProxy proxy = proxy(site.origin(), LONG)) {
      Socket[] idle = new Socket[64];
      for (int i = 0; i < idle.length; i++) {
        idle[i] = new Socket("127.0.0.1", proxy.port());
      }
      eventually(() -> proxy.openConnections() == 64, "all are accepted");
      try (Socket more = new Socket("127.0.0.1", proxy.port())) {
        more.setSoTimeout(5_000);
        assertThat(readOne(more.getInputStream())).isEqualTo(-1);
      }
      for (Socket socket : idle) {
        socket.close();
      }
      eventually(() -> proxy.openConnections() == 0, "all are gone");
      assertThat(Client.body(proxy.port(), "/a")).isEqualTo("[a]");
    }
  }

  private static int readOne(InputStream in) throws SocketTimeoutException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      return -1;
    }
  }

  private static RunningProxy proxy(Origin origin) throws IOException {
    return proxy(origin, SHORT);
  }

  private static RunningProxy proxy(Origin origin, Settings.Limits limits) throws IOException {
    return RunningProxy.start(0, new Settings(origin, Set.of(origin), 1 << 20, limits), problem -> {});
  }

  private static String get(RunningProxy proxy, String path) throws IOException {
    return Client.raw(proxy.port(), "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  /** The count once it has stopped for a while. */
  private static long settled(AtomicLong count) {
    long before = -1;
    while (before != count.get() || before == 0) {
      before = count.get();
      Site.sleep(300);
    }
    return before;
  }

  private static void eventually(java.util.function.BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Site.sleep(20);
    }
  }
}
