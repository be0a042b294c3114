package io.tare.offsets.kafka;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A real broker (KRaft, one node) in a process of its own with a heap of 160 MB, on loopback. */
public final class Broker implements AutoCloseable {
  private static final List<String> SMALL = List.of("-Xmx160m", "-Xss512k", "-XX:+UseSerialGC",
      "-XX:TieredStopAtLevel=1");
  private static final int LAST_LINES = 30;
  private final Process process;
  private final int port;
  private final Path log;

  private Broker(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /** What runs in the process: formats the folder, then serves. */
  public static void main(String[] arguments) {
    kafka.tools.StorageTool.execute(
        new String[] {"format", "--cluster-id", "AAAAAAAAAAAAAAAAAAAAAA", "--config", arguments[0]}, System.out);
    kafka.Kafka.main(arguments);
  }

  static Broker start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    int controller = freePort();
    Path settings = Files.writeString(folder.resolve("server.properties"), """
        process.roles=broker,controller
        node.id=1
        listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
        controller.listener.names=CONTROLLER
        controller.quorum.voters=1@127.0.0.1:%d
        log.dirs=%s
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        group.min.session.timeout.ms=1000
        log.cleaner.dedupe.buffer.size=2097152
        num.network.threads=1
        num.io.threads=2
        """.formatted(port, controller, controller, folder.resolve("data")));
    Path log = folder.resolve("broker.log");
    Process process = java(log, SMALL, Broker.class, settings.toString());
    Broker broker = new Broker(process, port, log);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (!broker.answers()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        broker.close();
        throw new IOException("no broker: " + Files.readString(log));
      }
      Thread.sleep(100);
    }
    return broker;
  }

  /** A process with this JVM and this class path; its output goes to a file. */
  static Process java(Path log, List<String> options, Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Whether it lives, and the last lines of its log. */
  String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return (process.isAlive() ? "" : "ended\n")
        + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** A topic with so many messages in each partition; each has its offset as its key. */
  void topic(String name, int partitions, int messages) throws Exception {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", address());
    try (Admin admin = Admin.create(properties)) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get(1, TimeUnit.MINUTES);
    }
    try (KafkaProducer<Long, String> producer = new KafkaProducer<>(properties, new LongSerializer(),
        new StringSerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int partition = 0; partition < partitions; partition++) {
        for (long message = 0; message < messages; message++) {
          sent.add(producer.send(new ProducerRecord<>(name, partition, message, "")));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
