package io.tare.include.proxy;

import io.tare.include.fragment.FragmentCache;
import io.tare.include.fragment.Fragments;
import io.tare.include.http.Exchange;
import io.tare.include.http.HttpServer;
import io.tare.include.http.ServerLimits;
import io.tare.include.naive.NaivePages;
import io.tare.include.page.PageHandler;
import io.tare.include.page.Pages;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A proxy that listens: its server, its client, its cache and the sweeper of the cache. */
public final class RunningProxy implements AutoCloseable {
  private static final long SWEEP_EVERY_MILLIS = 1_000;
  private static final ServerLimits OF_ADMIN = new ServerLimits(16, 10_000, 5_000, 10_000);

  /** Where a proxy listens, and where those who run it ask; the log of accesses, if there is one. */
  public record Doors(InetSocketAddress clients, Optional<InetSocketAddress> admin, Optional<AccessLog> log) {
    static Doors onLoopback(int port) {
      return new Doors(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty(),
          Optional.empty());
    }
  }

  private final HttpServer server;
  private final Clients clients;
  private final FragmentCache cache;
  private final Optional<AccessLog> log;
  private final Timer sweeper = new Timer("cache-sweeper", true);
  private Optional<HttpServer> admin = Optional.empty();

  private RunningProxy(HttpServer server, Clients clients, FragmentCache cache, Optional<AccessLog> log) {
    this.server = server;
    this.clients = clients;
    this.cache = cache;
    this.log = log;
    sweeper.schedule(new TimerTask() {
      @Override
      public void run() {
        cache.sweep();
        clients.closeTooIdle();
        log.ifPresent(AccessLog::flush);
      }
    }, SWEEP_EVERY_MILLIS, SWEEP_EVERY_MILLIS);
  }

  public static RunningProxy start(int port, Settings settings, Consumer<String> problems) throws IOException {
    return start(Doors.onLoopback(port), settings, problems);
  }

  /** The repaired variant. */
  public static RunningProxy start(Doors doors, Settings settings, Consumer<String> problems) throws IOException {
    Clients clients = Clients.of(settings);
    FragmentCache cache = new FragmentCache(settings.cacheBytes(), RunningProxy::nowMillis);
    Fragments fragments = new Fragments(clients.ofFragments(), cache, settings.limits().fragment());
    PageHandler pages = new Pages(fragments, settings.limits().page())::assemble;
    Metrics metrics = new Metrics();
    HttpServer server = HttpServer.start(doors.clients(),
        new IncludeProxy(settings, clients.ofPages(), pages, problems, metrics), settings.limits().server(),
        ended(metrics, doors.log()));
    RunningProxy proxy = new RunningProxy(server, clients, cache, doors.log());
    try {
      proxy.openAdmin(doors, () -> metrics.openMetrics(server.openConnections(), fragments.counts(), cache));
    } catch (IOException e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  private void openAdmin(Doors doors, Supplier<String> metrics) throws IOException {
    if (doors.admin().isPresent()) {
      admin = Optional
          .of(HttpServer.start(doors.admin().get(), new Admin(metrics, cache, log), OF_ADMIN, exchange -> {}));
    }
  }

  private static Consumer<Exchange> ended(Metrics metrics, Optional<AccessLog> log) {
    return exchange -> {
      metrics.ended(exchange);
      log.ifPresent(to -> to.ended(exchange));
    };
  }

  public static RunningProxy startNaive(int port, Settings settings, Consumer<String> problems) throws IOException {
    return startNaive(Doors.onLoopback(port), settings, problems);
  }

  /** The naive variant: the same server and client, another way to make pages, nothing to be asked. */
  public static RunningProxy startNaive(Doors doors, Settings settings, Consumer<String> problems) throws IOException {
    Clients clients = Clients.of(settings);
    PageHandler pages = new NaivePages(clients.ofFragments(), settings.limits().fragment().usual().freshMillis());
    Metrics metrics = new Metrics();
    HttpServer server = HttpServer.start(doors.clients(),
        new IncludeProxy(settings, clients.ofPages(), pages, problems, metrics), settings.limits().server(),
        ended(metrics, doors.log()));
    return new RunningProxy(server, clients, new FragmentCache(0, RunningProxy::nowMillis), doors.log());
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  public int port() {
    return server.port();
  }

  public OptionalInt adminPort() {
    return admin.isPresent() ? OptionalInt.of(admin.get().port()) : OptionalInt.empty();
  }

  public FragmentCache cache() {
    return cache;
  }

  public int openConnections() {
    return server.openConnections();
  }

  @Override
  public void close() throws IOException {
    sweeper.cancel();
    server.close();
    if (admin.isPresent()) {
      admin.get().close();
    }
    clients.close();
    log.ifPresent(AccessLog::close);
  }
}
