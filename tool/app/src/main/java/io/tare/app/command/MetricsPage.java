package io.tare.app.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tare.app.cli.UsageException;
import io.tare.model.history.LiveReading;
import io.tare.report.openmetrics.LiveMetrics;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Serves what is watched at {@code /metrics}; to this machine only, unless another address is named. */
final class MetricsPage implements AutoCloseable {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private volatile List<LiveReading> readings = List.of();

  private MetricsPage(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  /** @param place {@code PORT}, {@code :PORT} or {@code HOST:PORT} */
  static MetricsPage open(String place) throws UsageException, IOException {
    int colon = place.lastIndexOf(':');
    String host = colon > 0 ? place.substring(0, colon) : "";
    int port = port(place.substring(colon + 1), place);
    InetAddress address = host.isEmpty()
        ? InetAddress.getLoopbackAddress()
        : InetAddress.getByName(host.replace("[", "").replace("]", ""));
    try {
      return new MetricsPage(HttpServer.create(new InetSocketAddress(address, port), 0));
    } catch (BindException taken) {
      throw new IOException("metrics can't be served at port " + port + ": " + taken.getMessage(), taken);
    }
  }

  private static int port(String digits, String place) throws UsageException {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException notANumber) {
      throw new UsageException("--metrics needs PORT or HOST:PORT, not '" + place + "'");
    }
    throw new UsageException("--metrics: there is no port " + digits);
  }

  void show(List<LiveReading> now) {
    readings = List.copyOf(now);
  }

  int port() {
    return server.getAddress().getPort();
  }

  String address() {
    String host = server.getAddress().getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/metrics";
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean isMetrics = exchange.getRequestURI().getPath().equals("/metrics");
    byte[] body = (isMetrics ? LiveMetrics.render(readings) : "metrics are at /metrics\n")
        .getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", isMetrics ? LiveMetrics.CONTENT_TYPE : "text/plain");
    try (exchange) {
      exchange.sendResponseHeaders(isMetrics ? OK : NOT_FOUND, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
