package io.tare.include.proxy;

import io.tare.include.http.Exchange;
import io.tare.include.http.Handler;
import io.tare.include.http.Head;
import io.tare.include.http.HttpServer;
import io.tare.include.http.Origin;
import io.tare.include.http.ServerLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A real origin for tests: pages by path, each with a delay if wished, and how often each was asked for. */
public final class Site implements Handler, AutoCloseable {
  private final Map<String, Handler> pages = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final HttpServer server;

  public Site() throws IOException {
    server = HttpServer.start(0, this, ServerLimits.USUAL);
  }

  public Origin origin() {
    return new Origin("127.0.0.1", server.port());
  }

  public Site page(String path, String text) {
    return page(path, exchange -> html(exchange, "max-age=300", text));
  }

  public Site slow(String path, int millis, String text) {
    return page(path, exchange -> {
      sleep(millis);
      html(exchange, "max-age=300", text);
    });
  }

  public Site page(String path, Handler handler) {
    pages.put(path, handler);
    return this;
  }

  public int asked(String path) {
    return asked.getOrDefault(path, new AtomicInteger()).get();
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    String target = exchange.request().target();
    asked.computeIfAbsent(target, path -> new AtomicInteger()).incrementAndGet();
    Handler page = pages.getOrDefault(target, missing -> missing.answerText(404, "no " + target));
    page.handle(exchange);
  }

  public static void html(Exchange exchange, String control, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    exchange.answer(200, List.of(new Head.Field("Content-Type", "text/html"), new Head.Field("Cache-Control", control)),
        OptionalLong.of(bytes.length)).write(bytes);
  }

  public static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
