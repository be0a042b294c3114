package io.tare.app.time;

import io.tare.app.cli.Console;
import io.tare.app.cli.UsageException;
import io.tare.app.cli.VersionCommand;
import io.tare.model.history.LiveReading;
import io.tare.report.live.OtlpJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Sends what is watched to a collector every ten seconds, by OTLP over HTTP. It has a thread of its own: a collector that hangs keeps
 * no reading waiting, and one that fails is told of once, until it takes something again.
 */
final class OtlpPush implements AutoCloseable {
  private static final long EVERY_MILLIS = 10_000;
  private static final int PATIENCE_MILLIS = 5_000;

  private final URI collector;
  private final Console console;
  private final Thread sender;
  private volatile List<LiveReading> readings = List.of();
  private boolean hasFailed;

  private OtlpPush(URI collector, Console console) {
    this.collector = collector;
    this.console = console;
    sender = Thread.ofPlatform().daemon().name("otlp").start(this::send);
  }

  /** @param url of the collector; without a path, its place for metrics is meant */
  static OtlpPush open(String url, Console console) throws UsageException {
    try {
      URI given = URI.create(url);
      boolean isHttp = "http".equals(given.getScheme()) || "https".equals(given.getScheme());
      if (isHttp && given.getHost() != null) {
        boolean isBare = given.getPath().isEmpty() || given.getPath().equals("/");
        return new OtlpPush(isBare ? given.resolve("/v1/metrics") : given, console);
      }
    } catch (IllegalArgumentException broken) {
      throw new UsageException("--otlp needs a URL such as http://localhost:4318, not '" + url + "'");
    }
    throw new UsageException("--otlp needs a URL such as http://localhost:4318, not '" + url + "'");
  }

  void show(List<LiveReading> now) {
    readings = List.copyOf(now);
  }

  private void send() {
    try {
      while (true) {
        if (!readings.isEmpty()) {
          tell(post(OtlpJson.render(readings, VersionCommand.version())));
        }
        Thread.sleep(readings.isEmpty() ? 200 : EVERY_MILLIS);
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** What went wrong; empty when nothing did. */
  private String post(String body) {
    try {
      // Only what was checked to be of http or https comes here, so that this is what opening such a URL gives.
      HttpURLConnection connection = (HttpURLConnection) collector.toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", "application/json");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body.getBytes(StandardCharsets.UTF_8));
      }
      int status = connection.getResponseCode();
      connection.disconnect();
      return status / 100 == 2 ? "" : "it answered with " + status;
    } catch (IOException failed) {
      return String.valueOf(failed.getMessage());
    }
  }

  private void tell(String failure) {
    if (!failure.isEmpty() && !hasFailed) {
      console.err().println("tare: metrics can't be sent to " + collector + ": " + failure + "; it is tried again");
    } else if (failure.isEmpty() && hasFailed) {
      console.err().println("tare: metrics are sent to " + collector + " again");
    }
    hasFailed = !failure.isEmpty();
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
