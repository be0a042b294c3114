package io.tare.include.http;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One client's connection: request after request until it ends, idles too long or stalls. */
final class Connection {
  private static final long NOT_BUSY = 0;

  private static final Head UNREADABLE = Head.request("-", "-", List.of(new Head.Field("Connection", "close")));

  private final Socket socket;
  private final ServerLimits limits;
  private final Handler handler;
  private final Consumer<Exchange> ended;
  private final String client;
  /** When the last byte went out, while an answer is under way. */
  private volatile long lastProgressNanos = NOT_BUSY;

  Connection(Socket socket, ServerLimits limits, Handler handler, Consumer<Exchange> ended) {
    this.socket = socket;
    this.limits = limits;
    this.handler = handler;
    this.ended = ended;
    this.client = socket.getInetAddress().getHostAddress();
  }

  void serve() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(limits.idleMillis());
      HttpInput in = HttpInput.fromClient(socket.getInputStream(), limits.headMillis(), this::progressIfBusy);
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
    Exchange exchange;
    try {
      Optional<Head> head = in.head();
      if (head.isEmpty()) {
        return false;
      }
      progress();
      Head request = head.get().asRequest();
      exchange = new Exchange(request, Body.ofRequest(in, request), out, client);
    } catch (HttpError e) {
      exchange = new Exchange(UNREADABLE, Body.ofRequest(in, UNREADABLE), out, client);
      boolean more = refuse(exchange, e);
      ended.accept(exchange);
      return more;
    }
    try {
      mustExpectWhatWeKnow(exchange.request());
      handler.handle(exchange);
      return exchange.end();
    } catch (HttpError e) {
      return refuse(exchange, e);
    } finally {
      ended.accept(exchange);
    }
  }

  private static void mustExpectWhatWeKnow(Head request) throws HttpError {
    for (String expected : request.all("expect")) {
      if (!expected.equalsIgnoreCase("100-continue")) {
        throw new HttpError(417, "Expect may be 100-continue, not " + expected);
      }
    }
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

  private void progressIfBusy() {
    if (lastProgressNanos != NOT_BUSY) {
      progress();
    }
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
