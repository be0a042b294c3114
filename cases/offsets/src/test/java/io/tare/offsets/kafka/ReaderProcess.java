package io.tare.offsets.kafka;

import io.tare.offsets.state.StateText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A reader to be killed. It writes what it was done with and what the broker took, a line each: {@code done P O} and
 * {@code committed P O TEXT}. The messages of the offsets below {@code stuckBelow} are never done.
 */
public final class ReaderProcess {
  private ReaderProcess() {}

  /** ADDRESS TOPIC GROUP FILE STUCK-BELOW METADATA-BYTES */
  public static void main(String[] arguments) {
    Path file = Path.of(arguments[3]);
    long stuckBelow = Long.parseLong(arguments[4]);
    ReaderSettings settings = new ReaderSettings(8, ReaderSettings.USUAL.window(), Duration.ofMillis(200),
        Integer.parseInt(arguments[5]), Duration.ofMillis(100), Duration.ZERO);
    try (ConcurrentReader<Long, String> reader = new ConcurrentReader<>(
        new Telling(properties(arguments[0], arguments[2]), file), message -> {
          if (message.offset() < stuckBelow) {
            sleep(Duration.ofHours(1));
          }
          sleep(Duration.ofMillis(1 + message.offset() % 3));
          write(file, "done " + message.partition() + " " + message.offset());
        }, settings)) {
      reader.subscribe(List.of(arguments[1]));
      while (true) {
        reader.poll(Duration.ofMillis(100));
        write(file, "counts " + reader.counts());
      }
    }
  }

  static Properties properties(String address, String group) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address);
    properties.put("group.id", group);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    // A partition that stays is not revoked: its messages under way need not be done again.
    properties.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
    properties.put("session.timeout.ms", "4000");
    properties.put("heartbeat.interval.ms", "500");
    return properties;
  }

  /** A consumer that writes down what the broker acknowledged. */
  static final class Telling extends KafkaConsumer<Long, String> {
    private final Path file;

    Telling(Properties properties, Path file) {
      super(properties, new LongDeserializer(), new StringDeserializer());
      this.file = file;
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
      super.commitSync(offsets);
      offsets.forEach((partition, offset) -> write(file,
          "committed " + partition.partition() + " " + offset.offset() + " " + offset.metadata()));
    }
  }

  /** One write to a file opened to append: a line is there as a whole or not at all, whenever the process is killed. */
  private static void write(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardCharsets.US_ASCII, StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("asked to end", e);
    }
  }

  /** All the room that Kafka gives. */
  static final String ROOM = Integer.toString(StateText.USUAL_BYTES);
}
