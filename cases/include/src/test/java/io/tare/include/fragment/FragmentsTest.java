package io.tare.include.fragment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginClient;
import io.tare.include.http.OriginLimits;
import io.tare.include.proxy.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FragmentsTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final FragmentCache cache = new FragmentCache(10_000, now::get);
  private final OriginClient client = new OriginClient(OriginLimits.USUAL);
  private final Fragments fragments = new Fragments(client, cache,
      new FragmentLimits(5_000, new Freshness(300_000, 0, 60_000)));
  private Site site;

  @BeforeEach
  void start() throws IOException {
    site = new Site();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    site.close();
  }

  @Test
  void manyWaitersCauseOneFetch() throws Exception {
    site.slow("/slow", 300, "[slow]");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Fragment>> waiters = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        waiters.add(threads.submit(() -> get("/slow")));
      }
      for (Future<Fragment> waiter : waiters) {
        assertThat(waiter.get().bytes()).hasSize(6);
      }
    }
    assertThat(site.asked("/slow")).isEqualTo(1);
  }

  @Test
  void whoeverFoundNoneJustBeforeAFetchEndedCausesNoOther() throws IOException {
    site.page("/a", exchange -> Site.html(exchange, "max-age=10", "x"));
    AtomicReference<Runnable> whileItIsLookedFor = new AtomicReference<>(() -> {});
    FragmentCache watched = new FragmentCache(10_000, () -> {
      whileItIsLookedFor.get().run();
      return now.get();
    });
    Fragments asked = new Fragments(client, watched, new FragmentLimits(5_000, new Freshness(300_000, 0, 60_000)));
    Address address = new Address(site.origin(), "/a");
    asked.get(address);
    now.addAndGet(20_000);
    // Found too old by two looks into the cache; between the second one and the fetch, another fetch comes and goes.
    whileItIsLookedFor.set(() -> whileItIsLookedFor.set(() -> {
      whileItIsLookedFor.set(() -> {});
      try {
        asked.get(address);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }));
    asked.get(address);
    assertThat(site.asked("/a")).isEqualTo(2);
  }

  @Test
  void aFragmentIsFreshAsLongAsItsOriginSaysElseFiveMinutes() throws IOException {
    site.page("/short", exchange -> Site.html(exchange, "public, max-age=10", "x"));
    site.page("/shared", exchange -> Site.html(exchange, "max-age=10, s-maxage=20", "x"));
    site.page("/silent", exchange -> Site.html(exchange, "public", "x"));
    site.page("/never", exchange -> Site.html(exchange, "no-store", "x"));
    askAll();
    now.addAndGet(15_000);
    askAll();
    assertThat(List.of(site.asked("/short"), site.asked("/shared"), site.asked("/silent"), site.asked("/never")))
        .containsExactly(2, 1, 1, 2);
    now.addAndGet(285_001);
    askAll();
    assertThat(site.asked("/silent")).isEqualTo(2);
  }

  private void askAll() throws IOException {
    for (String path : List.of("/short", "/shared", "/silent", "/never")) {
      get(path);
    }
  }

  @Test
  void whatIsTooOldStandsInForAnOriginThatFailsButNotForEver() throws IOException {
    site.page("/a", exchange -> Site.html(exchange, "max-age=10, stale-if-error=30", "good"));
    get("/a");
    site.page("/a", exchange -> exchange.answerText(500, "broken"));
    now.addAndGet(20_000);
    assertThat(new String(get("/a").bytes())).isEqualTo("good");
    now.addAndGet(20_001);
    assertThatThrownBy(() -> get("/a")).isInstanceOf(HttpError.class).hasMessageEndingWith("/a answered 500");
  }

  @Test
  void whatIsALittleTooOldIsUsedOnceMoreWhileOneFetchBringsTheNext() throws Exception {
    site.page("/a", exchange -> Site.html(exchange, "max-age=10, stale-while-revalidate=5", "old"));
    get("/a");
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    site.page("/a", exchange -> {
      asked.countDown();
      await(answers);
      Site.html(exchange, "max-age=10, stale-while-revalidate=5", "new");
    });
    now.addAndGet(12_000);
    for (int i = 0; i < 20; i++) {
      assertThat(new String(get("/a").bytes())).as("nobody waits").isEqualTo("old");
      assertThat(answers.getCount()).isEqualTo(1);
      assertThat(site.asked("/a")).as("one fetch behind all of them").isLessThanOrEqualTo(2);
    }
    await(asked);
    answers.countDown();
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!new String(get("/a").bytes()).equals("new")) {
      assertThat(System.nanoTime()).as("the new one comes").isLessThan(deadline);
      Site.sleep(10);
    }
    assertThat(site.asked("/a")).isEqualTo(2);
    now.addAndGet(15_001);
    site.page("/a", exchange -> Site.html(exchange, "no-store", "newest"));
    assertThat(new String(get("/a").bytes())).as("too old for that").isEqualTo("newest");
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theTimeInOtherCachesCountsAndMustRevalidateMeansIt() throws IOException {
    site.page("/aged", exchange -> exchange.answer(200,
        List.of(new Head.Field("Cache-Control", "max-age=10"), new Head.Field("Age", "8")), OptionalLong.of(0)));
    site.page("/must", exchange -> Site.html(exchange, "max-age=10, must-revalidate", "x"));
    get("/aged");
    get("/must");
    now.addAndGet(3_000);
    get("/aged");
    assertThat(List.of(site.asked("/aged"), site.asked("/must"))).containsExactly(2, 1);
    now.addAndGet(8_000);
    site.page("/must", exchange -> exchange.answerText(500, "broken"));
    assertThatThrownBy(() -> get("/must")).isInstanceOf(HttpError.class).hasMessageEndingWith("/must answered 500");
  }

  @Test
  void theCacheIsNeverHeavierThanItsBound() throws IOException {
    for (int i = 0; i < 100; i++) {
      site.page("/" + i, "x".repeat(500 + i));
      get("/" + i);
      assertThat(cache.weightBytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(cache.size()).isBetween(5, 14);
    assertThat(site.asked("/99")).isEqualTo(1);
    get("/99");
    get("/0");
    assertThat(List.of(site.asked("/99"), site.asked("/0"))).as("the one used longest ago went first")
        .containsExactly(1, 2);
  }

  @Test
  void aSweepEmptiesACacheThatNobodyAsks() throws IOException {
    site.page("/a", "x");
    get("/a");
    cache.sweep();
    assertThat(cache.size()).isEqualTo(1);
    now.addAndGet(360_001);
    cache.sweep();
    assertThat(cache.size()).isZero();
    assertThat(cache.weightBytes()).isZero();
  }

  @Test
  void aFragmentThatIsTooLargeIsRefused() {
    site.page("/big", "x".repeat(5_001));
    assertThatThrownBy(() -> get("/big")).isInstanceOf(HttpError.class).hasMessage("an answer of more than 5000 bytes");
  }

  private Fragment get(String path) throws IOException {
    return fragments.get(new Address(site.origin(), path));
  }
}
