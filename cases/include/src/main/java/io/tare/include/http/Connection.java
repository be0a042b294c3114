package io.tare.include.http;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** One client's connection: request after request until it ends, idles too long or stalls. */
final class Connection {
  private static final long NOT_BUSY = 0;

  private static final Head UNREADABLE = Head.request("GET", "/", List.of(new Head.Field("Connection", "close")));

  private final Socket socket;
  private final ServerLimits limits;
  private final Handler handler;
  /** When the last byte went out, while an answer is under way. */
  private volatile long lastProgressNanos = NOT_BUSY;

  Connection(Socket socket, ServerLimits limits, Handler handler) {
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
  }

  void serve() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(limits.idleMillis());
      HttpInput in = HttpInput.fromClient(socket.getInputStream());
      HttpOutput out = new HttpOutput(socket.getOutputStream(), this::progress);
      while (serveOne(in, out)) {
        lastProgressNanos = NOT_BUSY;
      }
    } catch (IOException gone) {
      // The client went away, idled too long or was cut: there is nobody left to tell.
      lastProgressNanos = NOT_BUSY;
    }
  }

  private boolean serveOne(HttpInput in, HttpOutput out) throws IOException {
    Optional<Head> head;
    try {
      head = in.head();
    } catch (HttpError e) {
      return refuse(new Exchange(UNREADABLE, Body.ofRequest(in, UNREADABLE), out), e);
    }
    if (head.isEmpty()) {
      return false;
    }
    progress();
    Exchange exchange;
    try {
      mustBeARequest(head.get());
      exchange = new Exchange(head.get(), Body.ofRequest(in, head.get()), out);
    } catch (HttpError e) {
      return refuse(new Exchange(UNREADABLE, Body.ofRequest(in, UNREADABLE), out), e);
    }
    try {
      handler.handle(exchange);
      return exchange.end();
    } catch (HttpError e) {
      return refuse(exchange, e);
    }
  }

  private static void mustBeARequest(Head head) throws HttpError {
    if (!head.third().matches("HTTP/1\\.[01]")) {
      throw new HttpError(head.third().matches("HTTP/[0-9](\\.[0-9])?") ? 505 : 400,
          "not a first line of HTTP/1: " + head.first() + " "
              + head.second() + " " + head.third());
    }
    head.mustNameOneHost();
  }

  /** An answer that has begun can't be taken back: the connection ends without the last chunk, which says so to the client. */
  private static boolean refuse(Exchange exchange, HttpError error) throws IOException {
    if (exchange.isStarted()) {
      exchange.sendWhatThereIs();
      return false;
    }
    exchange.endConnectionIfAmid();
    exchange.answerText(error.status(), String.valueOf(error.getMessage()));
    return exchange.end();
  }

  private void progress() {
    lastProgressNanos = System.nanoTime();
  }

  /** A virtual thread can't time out while it writes. */
  void cutIfStalled() {
    long last = lastProgressNanos;
    if (last != NOT_BUSY && System.nanoTime() - last > limits.stallMillis() * 1_000_000L) {
      cut();
    }
  }

  void cut() {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      lastProgressNanos = NOT_BUSY;
    }
  }
}
