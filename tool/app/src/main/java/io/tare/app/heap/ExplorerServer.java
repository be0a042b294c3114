package io.tare.app.heap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Serves pages to a browser of this machine and to nobody else: on the loopback, below a path that nobody can guess, and only for requests
 * that name this address as their host, so that no page of another origin can ask by way of a name of its own.
 */
final class ExplorerServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 16;
  private static final int THREADS = 4;
  private static final int LONGEST_URI = 20_000;
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
      + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS,
      work -> Thread.ofPlatform().daemon().name("explorer").unstarted(work));
  private final String token;

  /** What is at a path. */
  interface Pages {
    Page page(String path, Map<String, String> query) throws IOException;
  }

  /** An answer with its type, and how it went in HTTP's numbers. */
  @SuppressWarnings("ArrayRecordComponent") // written once, and compared by nobody
  record Page(int status, String type, byte[] content, String policy) {
    static Page of(String type, String content) {
      return new Page(200, type, content.getBytes(StandardCharsets.UTF_8), POLICY);
    }

    /** One that stands alone and has a policy of its own. */
    static Page standingAlone(String html) {
      return new Page(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8), "frame-ancestors 'none'");
    }

    static Page notFound(String why) {
      return new Page(404, "text/plain; charset=utf-8", why.getBytes(StandardCharsets.UTF_8), POLICY);
    }

    static Page mistake(String why) {
      return new Page(400, "text/plain; charset=utf-8", why.getBytes(StandardCharsets.UTF_8), POLICY);
    }
  }

  private ExplorerServer(HttpServer server, Pages pages) {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    this.token = HexFormat.of().formatHex(random);
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", exchange -> serve(exchange, pages));
    server.start();
  }

  /** @param port 0 for any that is free */
  static ExplorerServer start(int port, Pages pages) throws IOException {
    return new ExplorerServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0),
        pages);
  }

  /** Where a browser finds it. */
  String address() {
    return "http://" + host() + "/" + token + "/";
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange, Pages pages) throws IOException {
    try (exchange) {
      Page page = page(exchange, pages);
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.getResponseHeaders().set("Content-Security-Policy", page.policy());
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(page.status(), page.content().length == 0 ? -1 : page.content().length);
      exchange.getResponseBody().write(page.content());
    }
  }

  private Page page(HttpExchange exchange, Pages pages) throws IOException {
    String path = exchange.getRequestURI().getPath();
    boolean isOurs = path != null && path.startsWith("/" + token + "/")
        && host().equals(exchange.getRequestHeaders().getFirst("Host"));
    if (!isOurs || !exchange.getRequestMethod().equals("GET")
        || exchange.getRequestURI().toString().length() > LONGEST_URI) {
      return Page.notFound("");
    }
    return pages.page(path.substring(token.length() + 2), query(exchange.getRequestURI().getRawQuery()));
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        query.put(part.substring(0, equals), URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
