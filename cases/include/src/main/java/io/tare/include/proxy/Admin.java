package io.tare.include.proxy;

import io.tare.include.fragment.FragmentCache;
import io.tare.include.http.Exchange;
import io.tare.include.http.Handler;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * For those who run the proxy, on an address of its own: {@code GET /metrics}, {@code GET /health}, {@code PURGE /path} or
 * {@code PURGE /path*}, {@code POST /reopen-log}.
 */
final class Admin implements Handler {
  private final Supplier<String> metrics;
  private final FragmentCache cache;
  private final Optional<AccessLog> log;

  Admin(Supplier<String> metrics, FragmentCache cache, Optional<AccessLog> log) {
    this.metrics = metrics;
    this.cache = cache;
    this.log = log;
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    Head request = exchange.request();
    switch (request.method() + " " + (request.method().equals("PURGE") ? "" : request.target())) {
      case "GET /metrics" -> {
        byte[] text = metrics.get().getBytes(StandardCharsets.UTF_8);
        exchange.answer(200,
            List.of(new Head.Field("Content-Type", "application/openmetrics-text; version=1.0.0; charset=utf-8")),
            OptionalLong.of(text.length)).write(text);
      }
      case "GET /health" -> exchange.answerText(200, "here");
      case "PURGE " -> exchange.answerText(200, "purged " + cache.purge(request.target()));
      case "POST /reopen-log" -> {
        if (log.isEmpty()) {
          throw new HttpError(404, "there is no access log");
        }
        log.get().reopen();
        exchange.answerText(200, "reopened");
      }
      default ->
        throw new HttpError(404, "there are GET /metrics, GET /health, PURGE /path, PURGE /path* and POST /reopen-log");
    }
  }
}
