package io.tare.offsets.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tare.offsets.state.CommitPoint;
import io.tare.offsets.state.StateText;
import io.tare.offsets.tracker.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills and rebalances with a broker as it runs in production: nothing is lost, and repeated is only what no commit told of. */
@Tag("slow")
class RealBrokerTest {
  private static final int MESSAGES = 3_000;
  private static final int PARTITIONS = 2;
  @TempDir
  static Path folder;
  private static Broker broker;

  @BeforeAll
  static void start() throws Exception {
    broker = Broker.start(folder);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (broker != null) {
      broker.close();
    }
  }

  /** What a reader wrote down until it was killed. */
  private record Life(Set<String> done, Map<Integer, Standing> lastCommit) {
    static Life of(Path file) throws Exception {
      Set<String> done = new TreeSet<>();
      Map<Integer, Standing> lastCommit = new HashMap<>();
      for (String line : Files.readAllLines(file)) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("done")) {
          done.add(words[1] + " " + words[2]);
        } else if (words[0].equals("committed")) {
          lastCommit.put(Integer.parseInt(words[1]), StateText.read(Long.parseLong(words[2]), words[3]));
        }
      }
      return new Life(done, lastCommit);
    }

    boolean wasToldDone(String message) {
      String[] words = message.split(" ", -1);
      Standing told = lastCommit.get(Integer.parseInt(words[0]));
      return told != null && told.isDone(Long.parseLong(words[1]));
    }
  }

  @Test
  void aKilledReaderLosesNothingAndOnlyWhatNoCommitToldOfIsRepeated() throws Exception {
    broker.topic("killed", PARTITIONS, MESSAGES);
    List<Life> lives = new ArrayList<>();
    TreeSet<String> done = new TreeSet<>();
    int repeated = 0;
    for (int life = 0; life < 4; life++) {
      Path file = folder.resolve("life" + life);
      boolean last = life == 3;
      // In all lives but the last one the first messages of each partition are stuck: the committed offset stays 0.
      int goal = last ? 0 : (life + 1) * 1_200;
      Process process = Broker.java(folder.resolve("life" + life + ".log"), List.of("-Xmx64m", "-XX:+UseSerialGC"),
          ReaderProcess.class, broker.address(), "killed", "killed", file.toString(), last ? "0" : "3",
          ReaderProcess.ROOM);
      Set<String> before = Set.copyOf(done);
      try {
        eventually(file + " " + process, () -> {
          Set<String> all = new TreeSet<>(before);
          all.addAll(doneIn(file));
          return last ? all.size() == PARTITIONS * MESSAGES : all.size() >= goal;
        });
      } finally {
        process.destroyForcibly().waitFor();
      }
      Life now = Life.of(file);
      if (!lives.isEmpty()) {
        Life previous = lives.getLast();
        for (String message : now.done()) {
          if (done.contains(message)) {
            assertThat(previous.wasToldDone(message)).as("%s was committed as done, and done again", message).isFalse();
            repeated++;
          }
        }
      }
      if (!last) {
        assertThat(now.lastCommit()).hasSize(PARTITIONS).allSatisfy(
            (partition, standing) -> assertThat(standing.nextToRead()).as("the first message is stuck").isZero());
        assertThat(now.done().stream().filter(now::wasToldDone).count()).as("told as done behind it").isPositive();
      }
      done.addAll(now.done());
      lives.add(now);
    }
    assertThat(done).as("nothing is lost").hasSize(PARTITIONS * MESSAGES);
    System.out.println("3 kills, " + done.size() + " messages, " + repeated + " done twice");
    assertThat(repeated).as("done twice in 3 kills: without the state, all that were done before each of them")
        .isLessThan(1_200);
  }

  private static Set<String> doneIn(Path file) {
    try {
      return Files.exists(file)
          ? Files.readAllLines(file).stream().filter(line -> line.startsWith("done ")).map(line -> line.substring(5))
              .collect(Collectors.toSet())
          : Set.of();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A reader in this process, on a thread of its own. */
  private static final class Running implements AutoCloseable {
    final Map<String, AtomicInteger> handled = new ConcurrentHashMap<>();
    final CountDownLatch release = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean ends;
    private volatile ReaderCounts counts = new ReaderCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    Running(String topic, long stuckBelow, ReaderSettings settings) {
      ConcurrentReader<Long, String> reader = new ConcurrentReader<>(
          new KafkaConsumer<>(ReaderProcess.properties(broker.address(), topic), new LongDeserializer(),
              new StringDeserializer()),
          message -> {
            if (message.offset() < stuckBelow) {
              await();
            }
            handled.computeIfAbsent(message.partition() + " " + message.offset(), key -> new AtomicInteger())
                .incrementAndGet();
          }, settings);
      thread = Thread.ofPlatform().start(() -> {
        try (reader) {
          reader.subscribe(List.of(topic));
          while (!ends) {
            reader.poll(Duration.ofMillis(50));
            counts = reader.counts();
          }
        }
      });
    }

    private void await() {
      try {
        release.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("asked to end", e);
      }
    }

    ReaderCounts counts() {
      return counts;
    }

    @Override
    public void close() throws InterruptedException {
      ends = true;
      thread.join();
    }
  }

  private static ReaderSettings settings(int window, Duration drain) {
    return new ReaderSettings(8, window, Duration.ofMillis(100), StateText.USUAL_BYTES, Duration.ofMillis(50), drain);
  }

  @Test
  void aPartitionThatMovesTakesItsStateAlong() throws Exception {
    broker.topic("moved", PARTITIONS, MESSAGES);
    int open = 3;
    int all = PARTITIONS * MESSAGES;
    try (Running first = new Running("moved", open, settings(24_000, Duration.ZERO))) {
      eventually("all but the stuck ones", () -> first.handled.size() == all - PARTITIONS * open);
      try (Running second = new Running("moved", 0, settings(24_000, Duration.ZERO))) {
        eventually("the stuck ones of the partition that moved", () -> second.handled.size() == open);
        eventually("its others are read and skipped", () -> second.counts().skipped() == MESSAGES - open);
        assertThat(second.handled.keySet()).as("worked on again: what was open, and nothing else")
            .isIn(offsets(0, open), offsets(1, open));
        first.release.countDown();
        eventually("the late ones", () -> first.counts().doneTooLate() == open);
        assertThat(first.handled).hasSize(all);
      }
    }
    assertThat(committed("moved").values()).allSatisfy(offset -> {
      assertThat(offset.offset()).as("the next offset to read").isEqualTo(MESSAGES);
      assertThat(offset.metadata()).isEmpty();
    });
  }

  private static Set<String> offsets(int partition, int below) {
    return LongStream.range(0, below).mapToObj(offset -> partition + " " + offset).collect(Collectors.toSet());
  }

  @Test
  void aReaderThatEndsWhileAMessageIsStuckLeavesItToTheNextOne() throws Exception {
    broker.topic("ended", 1, 500);
    try (Running first = new Running("ended", 1, settings(24_000, Duration.ZERO))) {
      eventually("all but one", () -> first.handled.size() == 499);
    }
    assertThat(committed("ended").get(new TopicPartition("ended", 0)).offset()).isZero();
    try (Running second = new Running("ended", 0, settings(24_000, Duration.ZERO))) {
      eventually("the last one", () -> second.counts().skipped() == 499 && second.handled.size() == 1);
      assertThat(second.handled.keySet()).containsExactly("0 0");
    }
  }

  @Test
  void aFullWindowStopsThePartitionAndGoesOnLater() throws Exception {
    broker.topic("window", 1, 2_000);
    try (Running reader = new Running("window", 1, settings(100, Duration.ZERO))) {
      eventually("as many as the window holds", () -> reader.handled.size() >= 100);
      ReaderProcess.sleep(Duration.ofMillis(500));
      assertThat(reader.handled.size()).isLessThan(200);
      reader.release.countDown();
      eventually("all", () -> reader.handled.size() == 2_000);
      assertThat(reader.handled.values()).as("once each").allMatch(times -> times.get() == 1);
    }
  }

  @Test
  void whatFailsIsTriedAgainUntilItIsDone() throws Exception {
    broker.topic("failing", 1, 200);
    Map<Long, AtomicInteger> tries = new ConcurrentHashMap<>();
    ConcurrentReader<Long, String> reader = new ConcurrentReader<>(
        new KafkaConsumer<>(ReaderProcess.properties(broker.address(), "failing"), new LongDeserializer(),
            new StringDeserializer()),
        message -> {
          int times = tries.computeIfAbsent(message.offset(), key -> new AtomicInteger()).incrementAndGet();
          if (message.offset() % 10 == 0 && times < 3) {
            throw new IllegalStateException("not yet " + message.offset());
          }
        }, settings(1_000, Duration.ofSeconds(5)));
    try (reader) {
      reader.subscribe(List.of("failing"));
      eventually("all", () -> {
        reader.poll(Duration.ofMillis(50));
        return reader.counts().done() == 200;
      });
      assertThat(reader.counts().failed()).isEqualTo(40);
      assertThat(reader.lastFailure())
          .hasValueSatisfying(failure -> assertThat(failure).hasMessageContaining("not yet"));
    }
    assertThat(committed("failing").get(new TopicPartition("failing", 0))).isEqualTo(new OffsetAndMetadata(200, ""));
  }

  @Test
  void theBrokerTakesAStateThatFillsItsRoomAndRefusesOneByteMore() throws Exception {
    broker.topic("full", 1, 1);
    BitSet done = new BitSet();
    Random random = new Random(4);
    for (int offset = 1; offset < 40_000; offset++) {
      done.set(offset, random.nextBoolean());
    }
    CommitPoint point = StateText.write(new Standing(0, done), StateText.USUAL_BYTES);
    assertThat(point.leftOut()).isPositive();
    String padded = point.metadata() + "A".repeat(StateText.USUAL_BYTES - point.metadata().length());
    TopicPartition partition = new TopicPartition("full", 0);
    try (KafkaConsumer<Long, String> consumer = new KafkaConsumer<>(ReaderProcess.properties(broker.address(), "full"),
        new LongDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0, padded)));
      assertThatThrownBy(() -> consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0, padded + "A"))))
          .isInstanceOf(OffsetMetadataTooLarge.class);
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(0, point.metadata())));
    }
    Standing back = StateText.read(0, committed("full").get(partition).metadata());
    assertThat(back.doneBehind()).isEqualTo(done.get(0, back.doneBehind().length()));
  }

  private static Map<TopicPartition, OffsetAndMetadata> committed(String topic) {
    try (KafkaConsumer<Long, String> consumer = new KafkaConsumer<>(ReaderProcess.properties(broker.address(), topic),
        new LongDeserializer(), new StringDeserializer())) {
      return consumer.committed(consumer.partitionsFor(topic).stream()
          .map(one -> new TopicPartition(topic, one.partition())).collect(Collectors.toSet()));
    }
  }

  private static void eventually(String what, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError(what + " not within two minutes; the broker says: " + broker.lastWords());
      }
      Thread.sleep(20);
    }
  }
}
