package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.app.cli.UsageException;
import io.tare.fleet.ObjectStore;
import io.tare.fleet.bucket.Bucket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bucket as the place where segments go, by a store that checks every signature. */
@Tag("slow")
class BucketDestinationTest {
  private ObjectStore store;

  @TempDir
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    store = ObjectStore.start();
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Destination open(String place, String key, String secret) throws UsageException {
    return new BucketDestination(Bucket.open(place, Optional.of(URI.create(store.endpoint())), Optional.empty(),
        Map.of("AWS_ACCESS_KEY_ID", key, "AWS_SECRET_ACCESS_KEY", secret)));
  }

  private Path file() throws IOException {
    return Files.write(folder.resolve("segment"), new byte[] {1, 2, 3, 0, 5});
  }

  @Test
  void aSegmentIsAnObjectBelowThePrefix() throws Exception {
    try (Destination to = open("s3://memory/prod/", ObjectStore.KEY, ObjectStore.SECRET)) {
      to.put("day=2026-11-22/node/x.tarerec", file());
      to.put("day=2026-11-22/node/x.tarerec", file());
    }
    assertThat(store.objects).containsOnlyKeys("prod/day=2026-11-22/node/x.tarerec");
    assertThat(store.objects.get("prod/day=2026-11-22/node/x.tarerec")).containsExactly(1, 2, 3, 0, 5);
  }

  @Test
  void aWrongKeyAWrongSecretAndAWrongBucketAreSaidInASentenceThatTellsWhatToDo() throws Exception {
    Path segment = file();
    try (Destination stranger = open("s3://memory/prod", "other", ObjectStore.SECRET);
        Destination forger = open("s3://memory/prod", ObjectStore.KEY, "other");
        Destination lost = open("s3://elsewhere", ObjectStore.KEY, ObjectStore.SECRET)) {
      assertThatThrownBy(() -> stranger.put("x", segment)).isInstanceOf(Bucket.Refused.class)
          .hasMessage("s3://memory/prod at " + store.endpoint() + " refuses the key: 403 InvalidAccessKeyId;"
              + " it takes one that may s3:PutObject there (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)");
      assertThatThrownBy(() -> forger.put("x", segment)).isInstanceOf(Bucket.Refused.class)
          .hasMessageContaining("SignatureDoesNotMatch");
      assertThatThrownBy(() -> lost.put("x", segment)).isInstanceOf(Bucket.Refused.class)
          .hasMessage("there is no bucket elsewhere (s3://elsewhere at " + store.endpoint() + ")");
    }
    assertThat(store.objects).isEmpty();
    assertThatThrownBy(() -> open("s3://memory", ObjectStore.KEY, "")).isInstanceOf(UsageException.class)
        .hasMessageContaining("belong together");
    assertThatThrownBy(() -> open("s3:///x", ObjectStore.KEY, "s"))
        .hasMessageContaining("there is no bucket in s3:///x");
  }

  @Test
  void aStoreThatIsBusyOrAwayIsTriedAgainByWhoeverDelivers() throws Exception {
    Path segment = file();
    try (Destination to = open("s3://memory", ObjectStore.KEY, ObjectStore.SECRET)) {
      store.failing = 503;
      assertThatThrownBy(() -> to.put("x", segment)).isInstanceOf(IOException.class)
          .isNotInstanceOf(Bucket.Refused.class).hasMessageContaining("503 SlowDown");
      store.failing = 0;
      to.put("x", segment);
      assertThat(store.objects).containsOnlyKeys("x");
      store.close();
      assertThatThrownBy(() -> to.put("y", segment)).isInstanceOf(IOException.class)
          .isNotInstanceOf(Bucket.Refused.class).hasMessageContaining("no answer");
    }
  }
}
