package io.tare.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A small object store on the loopback address: one bucket, one key. It puts, gets and lists, two names at a time, when the signature (AWS, version 4) is right. */
public final class ObjectStore implements AutoCloseable {
  public static final String BUCKET = "memory";
  public static final String KEY = "test-key";
  public static final String SECRET = "test-secret";

  public final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  public volatile int failing;
  private final HttpServer server;

  private ObjectStore(HttpServer server) {
    this.server = server;
  }

  public static ObjectStore start() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ObjectStore store = new ObjectStore(server);
    server.createContext("/", store::serve);
    server.start();
    return store;
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (failing > 0) {
        answer(exchange, failing, "SlowDown");
      } else if (!header(exchange, "Authorization").contains("Credential=" + KEY + "/")) {
        answer(exchange, 403, "InvalidAccessKeyId");
      } else if (!isSigned(exchange, body)) {
        answer(exchange, 403, "SignatureDoesNotMatch");
      } else if (!(path + "/").startsWith("/" + BUCKET + "/")) {
        answer(exchange, 404, "NoSuchBucket");
      } else if (exchange.getRequestMethod().equals("PUT")) {
        objects.put(path.substring(BUCKET.length() + 2), body);
        exchange.getResponseHeaders().add("ETag", "\"00\"");
        exchange.sendResponseHeaders(200, -1);
      } else if (exchange.getRequestMethod().equals("GET")) {
        get(exchange, path.substring(Math.min(path.length(), BUCKET.length() + 2)));
      } else {
        answer(exchange, 405, "MethodNotAllowed");
      }
    } catch (GeneralSecurityException everyJdkHasThem) {
      throw new IllegalStateException(everyJdkHasThem);
    }
  }

  private void get(HttpExchange exchange, String key) throws IOException {
    byte[] content = key.isEmpty() ? listed(exchange).getBytes(StandardCharsets.UTF_8) : objects.get(key);
    if (content == null) {
      answer(exchange, 404, "NoSuchKey");
      return;
    }
    exchange.getResponseHeaders().add("ETag", "\"00\"");
    exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  /** Names from the prefix on, two at a time: what comes next is asked for by the last name. */
  private String listed(HttpExchange exchange) {
    Map<String, String> asked = new TreeMap<>();
    for (String part : exchange.getRequestURI().getQuery().split("&")) {
      asked.put(part.split("=", 2)[0], part.contains("=") ? part.split("=", 2)[1] : "");
    }
    List<String> names = objects.keySet().stream().filter(name -> name.startsWith(asked.getOrDefault("prefix", "")))
        .filter(name -> name.compareTo(asked.getOrDefault("continuation-token", "")) > 0).toList();
    List<String> page = names.subList(0, Math.min(2, names.size()));
    String contents = page.stream().map(name -> "<Contents><Key>" + name + "</Key><Size>" + objects.get(name).length
        + "</Size></Contents>").collect(Collectors.joining());
    return "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>" + (names.size() > 2) + "</IsTruncated>" + contents
        + (names.size() > 2 ? "<NextContinuationToken>" + page.getLast() + "</NextContinuationToken>" : "")
        + "</ListBucketResult>";
  }

  private static void answer(HttpExchange exchange, int status, String code) throws IOException {
    byte[] xml = ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>no</Message></Error>")
        .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, xml.length);
    exchange.getResponseBody().write(xml);
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private static boolean isSigned(HttpExchange exchange, byte[] body) throws GeneralSecurityException {
    String authorization = header(exchange, "Authorization");
    Map<String, String> parts = new TreeMap<>();
    for (String part : authorization.substring(authorization.indexOf(' ') + 1).split(",\\s*")) {
      parts.put(part.split("=", 2)[0], part.split("=", 2)[1]);
    }
    List<String> scope = Arrays.asList(parts.getOrDefault("Credential", "").split("/")).subList(1, 5);
    String bodyHash = header(exchange, "x-amz-content-sha256");
    if (!bodyHash.equals("UNSIGNED-PAYLOAD") && !bodyHash.equals(hash(body))) {
      return false;
    }
    String names = parts.getOrDefault("SignedHeaders", "");
    String headers = Arrays.stream(names.split(";"))
        .map(name -> name.toLowerCase(Locale.ROOT) + ":" + header(exchange, name).strip() + "\n")
        .collect(Collectors.joining());
    String query = String.valueOf(exchange.getRequestURI().getRawQuery());
    String asked = query.equals("null")
        ? ""
        : Arrays.stream(query.split("&")).map(part -> part.contains("=") ? part : part + "=").sorted()
            .collect(Collectors.joining("&"));
    String request = exchange.getRequestMethod() + "\n" + exchange.getRequestURI().getRawPath() + "\n" + asked + "\n"
        + headers + "\n" + names + "\n"
        + bodyHash;
    String toSign = "AWS4-HMAC-SHA256\n" + header(exchange, "x-amz-date") + "\n" + String.join("/", scope) + "\n"
        + hash(request.getBytes(StandardCharsets.UTF_8));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : scope) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, toSign)).equals(parts.get("Signature"));
  }

  private static String hash(byte[] content) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
