package io.tare.sync.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class S3SourceTest {
  private static final Retry ONCE = new Retry(1, Retry.DEFAULT.firstPause(), Retry.DEFAULT.longestPause());
  private static final int FILES = 40;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.start();
    for (int i = 0; i < FILES; i++) {
      store.put("in/region-" + i % 3 + "/day-" + i % 5 + "/file " + i + ".txt", "content " + i);
    }
    store.put("in/region-0/", "");
    store.put("other/file.txt", "not below the prefix");
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  @ParameterizedTest
  @EnumSource
  void eachWayOfListingFindsTheSameFilesOnceHoweverSmallThePages(Listing listing) throws Exception {
    try (Source source = source(listing, ObjectStore.KEY)) {
      assertThat(paths(source)).hasSize(FILES).contains("region-0/day-0/file 0.txt", "region-2/day-2/file 2.txt");
    }
  }

  @Test
  void aListingGoesOnAtItsContinuation() throws Exception {
    try (Source source = source(Listing.FLAT, ObjectStore.KEY)) {
      Deque<Page> pages = new ArrayDeque<>();
      source.list(Place.ROOT, pages::add);
      Page first = pages.removeFirst();
      Set<String> rest = new TreeSet<>();
      pages.forEach(page -> page.files().forEach(file -> rest.add(file.path())));
      Set<String> resumed = new TreeSet<>();
      source.list(new Place("", first.continuation().orElseThrow()),
          page -> page.files().forEach(file -> resumed.add(file.path())));
      assertThat(resumed).isEqualTo(rest).hasSizeLessThan(FILES);
    }
  }

  @Test
  void contentComesWithTheFactsThatTheListingShowed() throws Exception {
    try (Source source = source(Listing.FLAT, ObjectStore.KEY)) {
      Deque<Page.ListedFile> files = new ArrayDeque<>();
      source.list(Place.ROOT, page -> files.addAll(page.files()));
      Page.ListedFile file = files.getFirst();
      try (FileContent content = source.open(file.path())) {
        assertThat(content.facts()).isEqualTo(file.facts());
        assertThat(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)).startsWith("content ");
      }
    }
  }

  @Test
  void aMissingBucketIsSaidSo() throws Exception {
    S3Settings missing = new S3Settings("nowhere", "", java.util.Optional.of(store.endpoint()), Listing.FLAT, 10);
    try (Source source = new S3Source(missing, store.client(ObjectStore.KEY), Retry.DEFAULT, new RateLimit(0))) {
      assertThatThrownBy(() -> paths(source)).isInstanceOf(Unavailable.class).hasMessageContaining("no bucket nowhere");
    }
  }

  @Test
  void wrongCredentialsAreSaidSoWithoutTheSecret() throws Exception {
    try (Source source = source(Listing.FLAT, new S3Clients.Credentials("test-key", "guessed"))) {
      assertThatThrownBy(() -> paths(source)).isInstanceOf(Unavailable.class).hasMessageContaining("is refused")
          .hasMessageContaining("AWS_SECRET_ACCESS_KEY").message().doesNotContain("guessed");
    }
  }

  @Test
  void aFileThatIsGoneIsToldFromAFailure() throws Exception {
    try (Source source = source(Listing.FLAT, ObjectStore.KEY)) {
      assertThatThrownBy(() -> source.open("region-0/none.txt")).isInstanceOf(FileGone.class);
    }
  }

  private static Source source(Listing listing, S3Clients.Credentials credentials) {
    return new S3Source(store.settings("in/", listing, 7), store.client(credentials), ONCE, new RateLimit(0));
  }

  /** All paths; fails when one comes twice. */
  private static Set<String> paths(Source source) throws IOException, InterruptedException {
    Set<String> paths = new TreeSet<>();
    Deque<Place> places = new ArrayDeque<>(Set.of(source.root()));
    while (!places.isEmpty()) {
      source.list(places.remove(), page -> {
        page.files().forEach(file -> assertThat(paths.add(file.path())).as(file.path()).isTrue());
        page.places().forEach(place -> places.add(Place.of(place)));
      });
    }
    return paths;
  }
}
