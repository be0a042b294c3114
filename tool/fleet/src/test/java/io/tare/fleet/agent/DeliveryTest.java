package io.tare.fleet.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.tare.fleet.bucket.Bucket;
import io.tare.history.recording.Entry;
import io.tare.model.history.RecordedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from the spool to a place that is not always there. Time between tries is played. */
class DeliveryTest {
  private static final long HOUR = 3_600_000;
  private static final long START = Instant.parse("2026-11-22T04:30:00Z").toEpochMilli();

  @TempDir
  private Path folder;
  private final AgentNumbers numbers = new AgentNumbers();
  private final List<String> said = new ArrayList<>();
  private long passedMillis;
  private long longestPause;

  /** A place that is away for a while, and keeps the names that came. */
  private final class Place implements Destination {
    final List<String> came = Collections.synchronizedList(new ArrayList<>());
    final long awayMillis;
    final boolean isRefusing;

    Place(long awayMillis, boolean isRefusing) {
      this.awayMillis = awayMillis;
      this.isRefusing = isRefusing;
    }

    @Override
    public void put(String place, Path file) throws IOException {
      if (passedMillis < awayMillis) {
        throw isRefusing
            ? new Bucket.Refused("the key is refused", new IOException())
            : new IOException("no answer from the bucket");
      }
      assertThat(file).isRegularFile();
      came.add(place);
    }

    @Override
    public String words() {
      return "the bucket";
    }

    @Override
    public void close() {}
  }

  private void seal(Spool spool, long pid, long began) throws IOException {
    RecordedProcess process = new RecordedProcess(pid, pid, "boot", "p" + pid, "", OptionalLong.empty());
    Segment segment = Segment.create(spool.place(SegmentName.of(process, "orders", began)));
    segment.accept(new Entry.Opened(began, "test", 1000));
    segment.accept(new Entry.Target(began, 1, process));
    spool.seal(segment);
  }

  /** Delivers until the spool is empty. Fifty processes; on the hour, half an hour after the place has gone, each file is sealed. */
  private Place deliver(long awayMillis, boolean isRefusing) throws Exception {
    Place place = new Place(awayMillis, isRefusing);
    try (Spool spool = Spool.open(folder.resolve("spool"), 1 << 20)) {
      seal(spool, 99, START - HOUR);
      boolean[] sealed = new boolean[1];
      Delivery delivery = new Delivery(spool, place, "n1", 60_000, numbers, new AgentLog(said::add),
          Optional.of(millis -> {
            passedMillis += millis;
            longestPause = Math.max(longestPause, millis);
            if (passedMillis >= HOUR / 2 && !sealed[0]) {
              sealed[0] = true;
              for (int i = 0; i < 50; i++) {
                try {
                  seal(spool, i, START + i);
                } catch (IOException full) {
                  throw new IllegalStateException(full);
                }
              }
            }
          }));
      delivery.start();
      while (spool.segments() > 0) {
        Thread.sleep(5);
      }
      delivery.finish(10_000);
    }
    return place;
  }

  @Test
  void aBucketThatIsAwayForAnHourGetsAllOfItAfterwardsEachOnceTheOldestFirst() throws Exception {
    Place place = deliver(HOUR, false);
    assertThat(place.came).hasSize(51).doesNotHaveDuplicates();
    assertThat(place.came.getFirst()).contains("orders-99-");
    assertThat(place.came.subList(1, 51)).isSortedAccordingTo((a, b) -> time(a).compareTo(time(b)));
    assertThat(longestPause).as("tried at least once a minute").isEqualTo(60_000);
    // 1, 2, 4 … 32 s are 63 s, then 58.95 minutes and the try that works.
    assertThat(numbers.deliveryFailures).hasValue(65);
    assertThat(numbers.delivered).hasValue(51);
    assertThat(said).hasSize(2);
    assertThat(said.getFirst()).contains("event=delivery-fails", "no answer from the bucket",
        "what does not fit the spool is dropped, the oldest first");
    assertThat(said.getLast()).contains("event=delivery-works-again");
  }

  private static String time(String place) {
    return place.substring(place.lastIndexOf('-'));
  }

  @Test
  void aKeyThatIsRefusedIsSaidAsWhatItIsAndTriedOn() throws Exception {
    assertThat(deliver(HOUR, true).came).hasSize(51);
    assertThat(said.getFirst()).contains("event=delivery-refused", "the key is refused");
  }
}
