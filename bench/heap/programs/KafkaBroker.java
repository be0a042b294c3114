import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Time;

/** A real heap: a Kafka broker that is its own controller, on the loopback, and a client that has written and read some topics. Runs from source. */
public class KafkaBroker {
  static KafkaRaftServer server;
  static KafkaProducer<String, String> producer;
  static KafkaConsumer<String, String> consumer;

  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
    Path folder = Files.createTempDirectory("tare-bench-kafka");
    try {
      Properties properties = properties(folder.resolve("logs"));
      Path file = folder.resolve("server.properties");
      try (PrintStream out = new PrintStream(file.toFile())) {
        properties.forEach((name, value) -> out.println(name + "=" + value));
      }
      StorageTool.execute(new String[] {"format", "-t", "MkU3OEVBNTcwNTJENDM2Qg", "-c", file.toString()}, System.err);
      server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
      server.startup();
      long read = writeAndRead(messages);
      Thread.sleep(500);
      System.out.println("ready " + read);
      System.in.read();
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
      } finally {
        Runtime.getRuntime().halt(0);
      }
    }
  }

  private static Properties properties(Path logs) {
    Properties properties = new Properties();
    properties.putAll(Map.of("process.roles", "broker,controller", "node.id", "1", "controller.quorum.voters",
        "1@127.0.0.1:19093", "listeners", "PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093",
        "controller.listener.names", "CONTROLLER", "log.dirs", logs.toString(), "offsets.topic.replication.factor", "1",
        "num.partitions", "4"));
    return properties;
  }

  private static long writeAndRead(int messages) throws Exception {
    Map<String, Object> of = Map.of("bootstrap.servers", "127.0.0.1:19092", "group.id", "bench", "auto.offset.reset", "earliest");
    producer = new KafkaProducer<>(of, new StringSerializer(), new StringSerializer());
    for (int i = 0; i < messages; i++) {
      producer.send(new ProducerRecord<>("topic-" + i % 8, "key " + i % 500, "message " + i));
    }
    producer.flush();
    consumer = new KafkaConsumer<>(of, new StringDeserializer(), new StringDeserializer());
    consumer.subscribe(List.of("topic-0", "topic-1", "topic-2"));
    long read = 0;
    for (int i = 0; i < 60 && read < messages * 3L / 8; i++) {
      read += consumer.poll(Duration.ofMillis(500)).count();
    }
    return read;
  }
}
