package io.tare.sync.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.sync.source.Listing;
import io.tare.sync.source.ObjectStore;
import io.tare.sync.source.RateLimit;
import io.tare.sync.source.Retry;
import io.tare.sync.source.S3Clients;
import io.tare.sync.source.S3Settings;
import io.tare.sync.source.Unavailable;
import io.tare.sync.state.ContentHash;
import io.tare.sync.state.FileFacts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class S3DestinationTest {
  private static final int PART_BYTES = 5 << 20;
  private static final int TRIES = 5;
  private static ObjectStore store;

  @BeforeAll
  static void start() throws Exception {
    store = ObjectStore.start();
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
  }

  @Test
  void anObjectArrivesAndIsSeenWithItsHashUnread() throws Exception {
    byte[] content = bytes(1000);
    FileFacts facts = facts(content, 1_750_000_000_123L);
    ContentHash hash = ContentHash.ofContent(new ByteArrayInputStream(content));
    try (Destination destination = open(ObjectStore.BUCKET)) {
      assertThat(destination.look("one/").find("a b")).isEmpty();
      put(destination, "one/a b", facts, content);
      assertThat(destination.look("one/").find("a b"))
          .contains(new Standing(1000, OptionalLong.empty(), 1, hash));
      assertThat(destination.hash("one/a b")).isEqualTo(hash);
      assertThat(destination.holds("one/a b", facts)).isTrue();
      assertThat(destination.holds("one/a b", facts(content, 1_750_000_000_124L))).isFalse();
      destination.delete("one/a b");
      destination.delete("one/a b");
      assertThat(destination.look("one/").find("a b")).isEmpty();
      assertThat(destination.hash("one/a b")).isEqualTo(ContentHash.UNKNOWN);
    }
  }

  @Test
  void aLargeObjectGoesInPartsAndIsReadToBeCompared() throws Exception {
    byte[] content = bytes(2 * PART_BYTES + 17);
    try (Destination destination = open(ObjectStore.BUCKET)) {
      put(destination, "large", facts(content, 0), content);
      assertThat(destination.look("").find("large").orElseThrow().sizeBytes()).isEqualTo(content.length);
      assertThat(destination.hash("large")).isEqualTo(ContentHash.ofContent(new ByteArrayInputStream(content)));
    }
  }

  @Test
  void aLargeObjectThatGrewMeanwhileDoesNotArrive() throws Exception {
    byte[] content = bytes(PART_BYTES + 17);
    FileFacts shorter = new FileFacts(PART_BYTES + 5, 0, ContentHash.UNKNOWN);
    List<String> told = new ArrayList<>();
    try (Destination destination = open(ObjectStore.BUCKET)) {
      // Every try fails, and of some the connection: the last one's reason may be either.
      assertThatThrownBy(() -> put(destination, "grown", shorter, content, told))
          .isInstanceOf(IOException.class);
      assertThat(told).hasSize(TRIES)
          .anySatisfy(reason -> assertThat(reason).contains("the file changed while it was read"));
      assertThat(destination.look("").find("grown")).isEmpty();
    }
  }

  @Test
  void aMissingBucketIsSaidSo() throws Exception {
    try (Destination destination = open("nowhere")) {
      assertThatThrownBy(() -> destination.look("")).isInstanceOf(Unavailable.class)
          .hasMessageContaining("no bucket nowhere");
    }
  }

  private static Destination open(String bucket) {
    Optional<java.net.URI> endpoint = Optional.of(store.endpoint());
    S3Settings settings = new S3Settings(bucket, "mirror/", endpoint, Listing.BY_LEVEL, 7);
    return new S3Destination(settings, S3Clients.open(endpoint, "us-east-1", ObjectStore.KEY), Retry.DEFAULT,
        new RateLimit(0), PART_BYTES);
  }

  /** As a run puts it: again with the content from its beginning, where the server ends a connection that the next part is already on. */
  private static void put(Destination destination, String path, FileFacts facts, byte[] content) throws Exception {
    put(destination, path, facts, content, new ArrayList<>());
  }

  /** What every try that fails says is added to what was told. */
  private static void put(Destination destination, String path, FileFacts facts, byte[] content, List<String> told)
      throws Exception {
    new Retry(TRIES, Duration.ofMillis(1), Duration.ofMillis(10)).send(() -> {
      try {
        destination.put(path, facts, new ByteArrayInputStream(content));
        return true;
      } catch (IOException failure) {
        told.add(String.valueOf(failure.getMessage()));
        throw failure;
      }
    });
  }

  private static FileFacts facts(byte[] content, long modifiedMillis) {
    return new FileFacts(content.length, modifiedMillis, ContentHash.UNKNOWN);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
