package io.tare.app.time;

import io.tare.app.cli.UsageException;
import io.tare.app.time.PageRequest.Refused;
import io.tare.model.history.LiveReading;
import io.tare.report.live.LiveMetrics;
import io.tare.report.look.MetricsDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Serves what is watched at {@code /metrics}; to this machine only, unless another address is named. Each connection has a thread, one
 * answer, and a few seconds as a whole: who sends half a request or does not read is cut off, and when there are too many the oldest goes.
 */
public final class MetricsPage implements AutoCloseable {
  private static final int MOST_CONNECTIONS = 16;
  private static final long NANOS_PER_CONNECTION = 5_000_000_000L;
  private static final int LOOK_AROUND_MILLIS = 500;
  private static final int MOST_UNREAD_BYTES = 2 << 20;
  private static final String MARKED_AS_TEXT = "text/plain; charset=utf-8";

  private final ServerSocket server;
  private final Optional<String> namedHost;
  private final Map<Socket, Long> open = new LinkedHashMap<>();
  private volatile Function<MetricsDialect, String> content;

  private MetricsPage(ServerSocket server, Optional<String> namedHost, Function<MetricsDialect, String> content) {
    this.server = server;
    this.content = content;
    this.namedHost = namedHost;
    Thread.ofPlatform().daemon().name("metrics").start(this::listen);
  }

  /** Serves watched processes: what {@link #show} was given last. */
  static MetricsPage open(String place) throws UsageException, IOException {
    return open(place, dialect -> LiveMetrics.render(List.of(), dialect));
  }

  /**
   * Serves what that function writes.
   *
   * @param place {@code PORT}, {@code :PORT} or {@code HOST:PORT}
   */
  public static MetricsPage open(String place, Function<MetricsDialect, String> content)
      throws UsageException, IOException {
    int colon = place.lastIndexOf(':');
    String host = colon > 0 ? place.substring(0, colon).replace("[", "").replace("]", "") : "";
    int port = port(place.substring(colon + 1), place);
    InetAddress address = host.isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host);
    ServerSocket server = new ServerSocket();
    try {
      server.bind(new InetSocketAddress(address, port));
      return new MetricsPage(server, Optional.of(host.toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty()),
          content);
    } catch (BindException taken) {
      server.close();
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
    List<LiveReading> readings = List.copyOf(now);
    content = dialect -> LiveMetrics.render(readings, dialect);
  }

  int port() {
    return server.getLocalPort();
  }

  public String address() {
    String host = server.getInetAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/metrics";
  }

  private void listen() {
    while (!server.isClosed()) {
      try {
        // Only while somebody is connected does this thread wake by itself, to see whose time is over.
        server.setSoTimeout(cutOffOverdue() ? LOOK_AROUND_MILLIS : 0);
        take(server.accept());
      } catch (SocketTimeoutException nobody) {
        // Time to look around.
      } catch (IOException closed) {
        pauseAfterFailure();
      }
    }
  }

  /** Accepting fails at once again while the process has no descriptors left. */
  private static void pauseAfterFailure() {
    try {
      Thread.sleep(LOOK_AROUND_MILLIS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether any connection is left. */
  private synchronized boolean cutOffOverdue() {
    long now = System.nanoTime();
    open.entrySet().removeIf(one -> {
      boolean isOverdue = now - one.getValue() > NANOS_PER_CONNECTION;
      if (isOverdue) {
        closeQuietly(one.getKey());
      }
      return isOverdue;
    });
    return !open.isEmpty();
  }

  private synchronized void take(Socket client) {
    if (open.size() >= MOST_CONNECTIONS) {
      Socket oldest = open.keySet().iterator().next();
      open.remove(oldest);
      closeQuietly(oldest);
    }
    open.put(client, System.nanoTime());
    Thread.ofPlatform().daemon().name("metrics client").start(() -> serve(client));
  }

  private void serve(Socket client) {
    try (client; InputStream in = client.getInputStream(); OutputStream out = client.getOutputStream()) {
      out.write(answer(in, client.getLocalAddress()));
      out.flush();
      client.shutdownOutput();
      // Closing on what is still unread would take the answer away from the client: some of it is thrown away first.
      in.skipNBytes(MOST_UNREAD_BYTES);
    } catch (IOException gone) {
      // The client has gone, or was cut off: either way it is not served any more.
      closeQuietly(client);
    } finally {
      forget(client);
    }
  }

  private synchronized void forget(Socket client) {
    open.remove(client);
  }

  private byte[] answer(InputStream in, InetAddress us) throws IOException {
    try {
      Optional<PageRequest> request = PageRequest.read(in);
      return request.isEmpty() ? new byte[0] : answer(request.get(), us);
    } catch (Refused refused) {
      return response(refused.status(), MARKED_AS_TEXT, refused.getMessage() + "\n", true);
    }
  }

  private byte[] answer(PageRequest request, InetAddress us) throws Refused {
    boolean isHead = request.method().equals("HEAD");
    if (!isHead && !request.method().equals("GET")) {
      throw new Refused("405 Method Not Allowed\r\nAllow: GET, HEAD", "metrics can only be read: GET or HEAD");
    }
    if (request.host().isPresent() && !isOurName(request.host().get(), us)) {
      throw new Refused("421 Misdirected Request",
          "metrics are served under the address named with --metrics and under localhost, not under this host's name");
    }
    if (!request.path().equals("/metrics")) {
      return response("404 Not Found", MARKED_AS_TEXT, "metrics are at /metrics\n", !isHead);
    }
    MetricsDialect dialect = MetricsDialect.of(request.accept());
    return response("200 OK", dialect.contentType(), content.apply(dialect), !isHead);
  }

  /**
   * Whether a browser that was told this name by somebody else's page may read us. A name that leads here by that somebody's own name server
   * is none of ours.
   */
  private boolean isOurName(String host, InetAddress us) {
    if (host.equals("localhost") || namedHost.equals(Optional.of(host))) {
      return true;
    }
    if (host.matches("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*")) {
      try {
        InetAddress literal = InetAddress.ofLiteral(host);
        return literal.isLoopbackAddress() || literal.equals(us);
      } catch (IllegalArgumentException noAddress) {
        return false;
      }
    }
    return server.getInetAddress().isAnyLocalAddress() && host.equals(machineName());
  }

  private static String machineName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip().toLowerCase(Locale.ROOT);
    } catch (IOException unknown) {
      return "localhost";
    }
  }

  private static byte[] response(String status, String type, String body, boolean hasBody) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + content.length
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    return (hasBody ? head + body : head).getBytes(StandardCharsets.UTF_8);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      return;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    server.close();
    open.keySet().forEach(MetricsPage::closeQuietly);
  }
}
