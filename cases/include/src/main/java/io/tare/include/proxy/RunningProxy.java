package io.tare.include.proxy;

import io.tare.include.fragment.FragmentCache;
import io.tare.include.fragment.Fragments;
import io.tare.include.http.HttpServer;
import io.tare.include.naive.NaivePages;
import io.tare.include.page.Pages;
import java.io.IOException;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/** A proxy that listens: its server, its client, its cache and the sweeper of the cache. */
public final class RunningProxy implements AutoCloseable {
  private static final long SWEEP_EVERY_MILLIS = 1_000;

  private final HttpServer server;
  private final Clients clients;
  private final FragmentCache cache;
  private final Timer sweeper = new Timer("cache-sweeper", true);

  private RunningProxy(HttpServer server, Clients clients, FragmentCache cache) {
    this.server = server;
    this.clients = clients;
    this.cache = cache;
  }

  /** The repaired variant. */
  public static RunningProxy start(int port, Settings settings, Consumer<String> log) throws IOException {
    Clients clients = Clients.of(settings);
    FragmentCache cache = new FragmentCache(settings.cacheBytes(), RunningProxy::nowMillis);
    Fragments fragments = new Fragments(clients.ofFragments(), cache, settings.limits().fragment());
    PageHandler pages = new Pages(fragments, settings.limits().page())::assemble;
    HttpServer server = HttpServer.start(port, new IncludeProxy(settings, clients.ofPages(), pages, log),
        settings.limits().server());
    RunningProxy proxy = new RunningProxy(server, clients, cache);
    proxy.sweeper.schedule(new TimerTask() {
      @Override
      public void run() {
        cache.sweep();
        clients.closeTooIdle();
      }
    }, SWEEP_EVERY_MILLIS, SWEEP_EVERY_MILLIS);
    return proxy;
  }

  /** The naive variant: the same server and client, another way to make pages. */
  public static RunningProxy startNaive(int port, Settings settings, Consumer<String> log) throws IOException {
    Clients clients = Clients.of(settings);
    PageHandler pages = new NaivePages(clients.ofFragments(), settings.limits().fragment().usual().freshMillis());
    HttpServer server = HttpServer.start(port, new IncludeProxy(settings, clients.ofPages(), pages, log),
        settings.limits().server());
    return new RunningProxy(server, clients, new FragmentCache(0, RunningProxy::nowMillis));
  }

  private static long nowMillis() {
    return System.nanoTime() / 1_000_000;
  }

  public int port() {
    return server.port();
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
    clients.close();
  }
}
