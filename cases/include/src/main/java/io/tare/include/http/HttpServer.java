package io.tare.include.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Listens, and gives each connection a virtual thread. A connection too many is closed at once; one that stalls is cut. */
public final class HttpServer implements AutoCloseable {
  private static final int WATCH_EVERY_MILLIS = 500;

  private final ServerSocket listener;
  private final Handler handler;
  private final Consumer<Exchange> ended;
  private final ServerLimits limits;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

  private HttpServer(ServerSocket listener, Handler handler, ServerLimits limits, Consumer<Exchange> ended) {
    this.listener = listener;
    this.handler = handler;
    this.ended = ended;
    this.limits = limits;
  }

  /** Listens on loopback; port 0 takes a free one. */
  public static HttpServer start(int port, Handler handler, ServerLimits limits) throws IOException {
    return start(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), handler, limits, exchange -> {});
  }

  /** Listens on any address, and tells of each exchange when it has ended. */
  public static HttpServer start(InetSocketAddress address, Handler handler, ServerLimits limits,
      Consumer<Exchange> ended) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(address, 1_024);
    HttpServer server = new HttpServer(listener, handler, limits, ended);
    Thread.ofPlatform().daemon().name("http-accept-" + server.port()).start(server::accept);
    Thread.ofPlatform().daemon().name("http-watch-" + server.port()).start(server::watch);
    return server;
  }

  public int port() {
    return listener.getLocalPort();
  }

  public int openConnections() {
    return connections.size();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        // The listener was closed, or the peer is gone already, or there are no file descriptors left: wait for some.
        pause(listener.isClosed() ? 0 : 10);
      }
    }
  }

  private void take(Socket socket) throws IOException {
    if (connections.size() >= limits.connections()) {
      socket.close();
      return;
    }
    Connection connection = new Connection(socket, limits, handler, ended);
    connections.add(connection);
    Thread.ofVirtual().start(() -> {
      try {
        connection.serve();
      } finally {
        connections.remove(connection);
      }
    });
  }

  private void watch() {
    while (!listener.isClosed()) {
      connections.forEach(Connection::cutIfStalled);
      pause(WATCH_EVERY_MILLIS);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    connections.forEach(Connection::cut);
  }
}
