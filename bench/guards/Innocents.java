import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/** Forty tests that leave nothing behind, over libraries that keep much for a while. */
class Innocents {
  record Innocent(String name, List<String> declared, Leaks.Work work) {}

  /** A bean. */
  public static class Bean {
    private final String text = "text";

    public String getText() {
      return text;
    }
  }

  /** Something for JSON. */
  public record Person(String name, int age, List<String> tags) {}

  private static int calls;

  private static Innocent innocent(String name, Leaks.Work work) {
    return new Innocent(name, List.of(), work);
  }

  static List<Innocent> all(Path file) throws Exception {
    Connection h2 = DriverManager.getConnection("jdbc:h2:mem:one;DB_CLOSE_DELAY=-1");
    try (Statement statement = h2.createStatement()) {
      statement.execute("CREATE TABLE item (id INT PRIMARY KEY, name VARCHAR(100))");
    }
    HikariDataSource pool = pool("two", 4);
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.createContext("/", exchange -> {
      exchange.sendResponseHeaders(200, 5);
      exchange.getResponseBody().write("hello".getBytes());
      exchange.close();
    });
    server.setExecutor(Executors.newFixedThreadPool(2, Leaks::daemon));
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    HttpClient client = HttpClient.newHttpClient();
    Cache<Integer, byte[]> bounded = Caffeine.newBuilder().maximumSize(100).build();
    Cache<String, byte[]> soft = Caffeine.newBuilder().softValues().build();
    Cache<Integer, byte[]> large = Caffeine.newBuilder().maximumSize(1_000_000).build();
    Cache<Integer, byte[]> expiring = Caffeine.newBuilder().expireAfterWrite(Duration.ofMillis(5)).build();
    Cache<Object, byte[]> weak = Caffeine.newBuilder().weakKeys().build();
    ObjectMapper mapper = new ObjectMapper();
    SpelExpressionParser spel = new SpelExpressionParser();
    Map<Integer, byte[]> lru = new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
        return size() > 200;
      }
    };
    List<byte[]> ring = new ArrayList<>();
    ThreadLocal<StringBuilder> builder = ThreadLocal.withInitial(StringBuilder::new);
    Map<String, Integer> counts = new ConcurrentHashMap<>();
    return List.of(
        innocent("H2: insert and delete", () -> insertAndDelete(h2)),
        innocent("H2: query", () -> query(h2)),
        innocent("H2: a connection of its own", () -> {
          try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:one")) {
            query(connection);
          }
        }),
        // H2 keeps the last 2,048 names that it wrote in capitals.
        new Innocent("H2: a database of its own", List.of("org.h2.util.StringUtils.TO_UPPER_CACHE"), () -> {
          try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:own" + calls++)) {
            connection.createStatement().execute("CREATE TABLE own (id INT)");
          }
        }),
        innocent("H2: another text each time", () -> {
          try (Statement statement = h2.createStatement(); ResultSet rows = statement.executeQuery("SELECT " + calls++)) {
            rows.next();
          }
        }),
        innocent("H2: rolled back", () -> {
          h2.setAutoCommit(false);
          try (PreparedStatement insert = h2.prepareStatement("INSERT INTO item VALUES (?, 'x')")) {
            insert.setInt(1, 1_000_000 + calls++);
            insert.execute();
          }
          h2.rollback();
          h2.setAutoCommit(true);
        }),
        innocent("Hikari: a connection from the pool", () -> {
          try (Connection connection = pool.getConnection()) {
            connection.isValid(1);
          }
        }),
        innocent("Hikari: a pool of its own", () -> {
          try (HikariDataSource own = pool("own", 1); Connection connection = own.getConnection()) {
            connection.isValid(1);
          }
        }),
        innocent("Hikari: four threads", () -> inThreads(4, () -> {
          try (Connection connection = pool.getConnection()) {
            connection.isValid(1);
          }
        })),
        innocent("Hikari: statements", () -> {
          try (Connection connection = pool.getConnection(); PreparedStatement ask = connection.prepareStatement("SELECT ?")) {
            ask.setInt(1, calls++);
            ask.executeQuery().close();
          }
        }),
        innocent("HttpClient: get", () -> client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())),
        innocent("HttpClient: asynchronous", () -> client
            .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray()).get(10, TimeUnit.SECONDS)),
        innocent("HttpClient: post", () -> client.send(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.discarding())),
        innocent("HttpURLConnection: kept alive", () -> get(uri)),
        innocent("HttpURLConnection: a server of its own", () -> {
          HttpServer own = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
          own.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
          own.start();
          get(URI.create("http://127.0.0.1:" + own.getAddress().getPort() + "/"));
          own.stop(0);
        }),
        innocent("a socket and its server", () -> {
          try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
              Socket socket = new Socket(listening.getInetAddress(), listening.getLocalPort()); Socket other = listening.accept()) {
            socket.getOutputStream().write(1);
            other.getInputStream().read();
          }
        }),
        innocent("Caffeine: bounded, full", () -> bounded.get(calls++, key -> new byte[100])),
        innocent("Caffeine: soft values", () -> soft.get("key " + calls++, key -> new byte[100])),
        innocent("Caffeine: expires", () -> expiring.get(calls++, key -> new byte[100])),
        innocent("Caffeine: weak keys", () -> weak.get(new Object(), key -> new byte[100])),
        new Innocent("Caffeine: large, declared", List.of("com.github.benmanes.caffeine.cache.*"),
            () -> large.get(calls++, key -> new byte[100])),
        // Each name is a new one: Jackson keeps some thousands of them before it begins anew, which is a cache that fills.
        new Innocent("Jackson: tree of new names, declared", List.of("com.fasterxml.jackson.core.*"), () -> {
          JsonNode tree = mapper.readTree("{\"key" + calls++ + "\":[1,2,{\"deep\":true}]}");
          tree.toString();
        }),
        innocent("Jackson: record", () -> mapper.readValue(mapper.writeValueAsString(new Person("name", calls++, List.of("a", "b"))), Person.class)),
        innocent("Jackson: a mapper of its own", () -> new ObjectMapper().writeValueAsString(new Person("name", calls++, List.of()))),
        innocent("Jackson: map", () -> mapper.convertValue(Map.of("name", "n", "age", calls++, "tags", List.of()), Person.class)),
        innocent("Spring: a context opened and closed", () -> {
          try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.registerBean(Bean.class);
            context.refresh();
            context.getBean(Bean.class).getText();
          }
        }),
        innocent("Spring: a generic context", () -> {
          try (GenericApplicationContext context = new GenericApplicationContext()) {
            context.registerBeanDefinition("bean", new RootBeanDefinition(Bean.class));
            context.refresh();
            context.getBean("bean");
          }
        }),
        innocent("Spring: properties", () -> {
          try (StaticApplicationContext context = new StaticApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("own", Map.of("a", calls++)));
            context.refresh();
            context.getEnvironment().getProperty("a");
          }
        }),
        innocent("Spring: expressions", () -> spel.parseExpression("text + '" + calls++ + "'").getValue(new Bean(), String.class)),
        innocent("least recently used, full", () -> lru.put(calls++, new byte[100])),
        innocent("ring", () -> {
          ring.add(new byte[500]);
          if (ring.size() > 64) {
            ring.remove(0);
          }
        }),
        innocent("pool shut down", () -> {
          ExecutorService own = Executors.newFixedThreadPool(2);
          own.submit(() -> calls++).get();
          own.shutdown();
          own.awaitTermination(1, TimeUnit.SECONDS);
        }),
        innocent("futures", () -> CompletableFuture.supplyAsync(() -> calls++).thenApply(i -> i + 1).get()),
        innocent("thread local reused", () -> {
          builder.get().setLength(0);
          builder.get().append("some text ").append(calls++);
        }),
        innocent("direct buffers that die", () -> ByteBuffer.allocateDirect(10_000).putInt(0, calls++)),
        innocent("files", () -> {
          Path own = Files.createTempFile("innocent", ".txt");
          try (FileChannel channel = FileChannel.open(own, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[1000]));
          }
          Files.delete(own);
        }),
        innocent("texts, dates, patterns", () -> {
          String.format(Locale.ROOT, "%d %s", calls++, UUID.randomUUID());
          LocalDate.ofEpochDay(calls).format(DateTimeFormatter.ofPattern("EEE, d MMM uuuu", Locale.FRANCE));
          Pattern.compile("a+b" + calls % 50).matcher("aab").find();
        }),
        innocent("compression", () -> {
          Deflater deflater = new Deflater();
          deflater.setInput(new byte[1000]);
          deflater.finish();
          deflater.deflate(new byte[100]);
          deflater.end();
          new GZIPOutputStream(java.io.OutputStream.nullOutputStream()).close();
        }),
        innocent("XML and logging", () -> {
          DocumentBuilderFactory.newInstance().newDocumentBuilder()
              .parse(new java.io.ByteArrayInputStream(("<a n='" + calls++ + "'><b/></a>").getBytes()));
          Logger.getLogger("innocent").log(Level.FINE, "nothing {0}", calls);
        }),
        innocent("counts by few names", () -> {
          counts.merge("name " + calls++ % 500, 1, Integer::sum);
          IntStream.range(0, 100).parallel().sum();
        }));
  }

  private static HikariDataSource pool(String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(size);
    config.setPoolName(name);
    return new HikariDataSource(config);
  }

  private static void insertAndDelete(Connection h2) throws Exception {
    int id = calls++;
    try (PreparedStatement insert = h2.prepareStatement("INSERT INTO item VALUES (?, ?)");
        PreparedStatement delete = h2.prepareStatement("DELETE FROM item WHERE id = ?")) {
      insert.setInt(1, id);
      insert.setString(2, "name " + id);
      insert.execute();
      delete.setInt(1, id);
      delete.execute();
    }
  }

  private static void query(Connection h2) throws Exception {
    try (PreparedStatement ask = h2.prepareStatement("SELECT id, name FROM item WHERE id > ? ORDER BY name")) {
      ask.setInt(1, calls++);
      ask.executeQuery().next();
    }
  }

  private static void get(URI uri) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    try (InputStream body = connection.getInputStream()) {
      body.readAllBytes();
    }
  }

  private static void inThreads(int count, Leaks.Work work) throws Exception {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FutureTask<Void> task = new FutureTask<>(() -> {
        work.run();
        return null;
      });
      new Thread(task).start();
      tasks.add(task);
    }
    for (FutureTask<Void> task : tasks) {
      // What failed in a thread fails the test.
      task.get();
    }
  }
}
