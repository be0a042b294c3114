package io.tare.include.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;

/** One connection to an origin, with its two buffers. */
final class OriginConnection {
  private final Socket socket;
  private final HttpInput in;
  private final HttpOutput out;
  private final OriginLimits limits;
  private long restingSinceNanos;

  private OriginConnection(Socket socket, OriginLimits limits) throws IOException {
    this.socket = socket;
    this.limits = limits;
    this.in = HttpInput.fromOrigin(socket.getInputStream(), limits.totalMillis());
    this.out = new HttpOutput(socket.getOutputStream(), () -> {});
  }

  static OriginConnection open(Origin origin, OriginLimits limits) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(limits.silenceMillis());
      socket.connect(new InetSocketAddress(origin.host(), origin.port()), limits.connectMillis());
      return new OriginConnection(socket, limits);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Empty when the origin had closed the connection before it could be asked. */
  Optional<OriginAnswer> tryAsk(Head request, ConnectionPool pool) throws IOException {
    try {
      return Optional.of(ask(request, Optional.empty(), pool));
    } catch (SocketTimeoutException | HttpError e) {
      throw e;
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  OriginAnswer ask(Head request, Optional<InputStream> body, ConnectionPool pool) throws IOException {
    boolean answered = false;
    try {
      out.head(request, body.isPresent() && request.contentLength().isEmpty());
      if (body.isPresent()) {
        body.get().transferTo(out);
      }
      out.end();
      Head head = answer();
      boolean hasNone = request.method().equals("HEAD");
      Timed timed = new Timed(body(head, hasNone), limits.totalMillis());
      answered = true;
      return new OriginAnswer(head, timed, this, pool);
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  private Body body(Head answer, boolean hasNone) throws HttpError {
    try {
      return Body.ofAnswer(in, answer, hasNone);
    } catch (HttpError e) {
      throw new HttpError(502, String.valueOf(e.getMessage()), e);
    }
  }

  /** Interim answers (1xx) are left out. */
  private Head answer() throws IOException {
    Head head;
    do {
      head = in.head().orElseThrow(() -> new EOFException("the connection was closed instead of an answer"));
      if (!head.second().matches("[1-9]\\d\\d")) {
        throw new HttpError(502, "not a status: " + head.second());
      }
    } while (head.status() < 200);
    return head;
  }

  void rest() {
    restingSinceNanos = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - restingSinceNanos;
  }

  void close() {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      restingSinceNanos = 0;
    }
  }
}
