package io.tare.include.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.include.fragment.FragmentLimits;
import io.tare.include.fragment.Freshness;
import io.tare.include.http.HttpServer;
import io.tare.include.http.Origin;
import io.tare.include.http.OriginLimits;
import io.tare.include.http.ServerLimits;
import io.tare.include.load.DemoOrigin;
import io.tare.include.load.LoadGenerator;
import io.tare.include.load.LoadPlan;
import io.tare.include.load.LoadReport;
import io.tare.include.page.PageLimits;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The naive and the repaired proxy on the same pages. */
class VariantsTest {
  @Test
  void bothVariantsMakeTheSamePages() throws Exception {
    try (HttpServer origin = HttpServer.start(0, new DemoOrigin(4, 300, Optional.empty()), ServerLimits.USUAL);
        RunningProxy repaired = RunningProxy.start(0, settings(origin, 300), problem -> {});
        RunningProxy naive = RunningProxy.startNaive(0, settings(origin, 300), problem -> {})) {
      for (int page = 0; page < 20; page++) {
        String assembled = Client.body(repaired.port(), "/page/" + page);
        assertThat(assembled).doesNotContain("<esi:").contains("id=" + (page * 4 + 3) + "&amp;part=7");
        assertThat(Client.body(naive.port(), "/page/" + page)).isEqualTo(assembled);
      }
    }
  }

  @Test
  void theRepairedCacheIsEmptyAgainOnceItsTimeHasPassed() throws Exception {
    try (HttpServer origin = HttpServer.start(0, new DemoOrigin(2, 1, Optional.empty()), ServerLimits.USUAL);
        RunningProxy proxy = RunningProxy.start(0, settings(origin, 0), problem -> {})) {
      LoadReport report = LoadGenerator
          .run(new LoadPlan(new Origin("127.0.0.1", proxy.port()), "page", 200, 150, 1, 200), 7);
      assertThat(report.failed()).as(report.toString()).isZero();
      assertThat(proxy.cache().size()).isPositive();
      long deadline = System.nanoTime() + 8_000_000_000L;
      while (proxy.cache().size() > 0) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Site.sleep(50);
      }
      assertThat(proxy.cache().weightBytes()).isZero();
    }
  }

  private static Settings settings(HttpServer server, int staleSeconds) {
    Origin origin = new Origin("127.0.0.1", server.port());
    return new Settings(origin, Set.of(origin), 8 << 20, new Settings.Limits(ServerLimits.USUAL, OriginLimits.USUAL,
        new FragmentLimits(1 << 20, new Freshness(300_000, 0, staleSeconds * 1_000L)), PageLimits.USUAL));
  }
}
