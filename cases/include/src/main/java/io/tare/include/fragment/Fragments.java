package io.tare.include.fragment;

import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Fragments for pages: from the cache, else from the origin, with one fetch for all who wait for the same address. */
public final class Fragments {
  private final OriginClient client;
  private final FragmentCache cache;
  private final FragmentLimits limits;
  private final Map<String, CompletableFuture<Fragment>> underway = new ConcurrentHashMap<>();
  private final AtomicLong fetches = new AtomicLong();

  public Fragments(OriginClient client, FragmentCache cache, FragmentLimits limits) {
    this.client = client;
    this.cache = cache;
    this.limits = limits;
  }

  /** Without asking anyone. */
  public Optional<Fragment> cached(Address address) {
    return cache.fresh(address.toString());
  }

  /** Waits for the fragment; a failing origin is covered by what it sent before, for a while. */
  public Fragment get(Address address, List<Head.Field> fields) throws IOException {
    String key = address.toString();
    Optional<Fragment> fresh = cache.fresh(key);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    CompletableFuture<Fragment> mine = new CompletableFuture<>();
    CompletableFuture<Fragment> first = underway.putIfAbsent(key, mine);
    if (first != null) {
      return await(first);
    }
    try {
      Fragment fragment = fetchOrStale(address, fields);
      mine.complete(fragment);
      return fragment;
    } catch (IOException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underway.remove(key, mine);
    }
  }

  private static Fragment await(CompletableFuture<Fragment> fetch) throws IOException {
    try {
      return fetch.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof HttpError error
          ? new HttpError(error.status(), String.valueOf(error.getMessage()), e)
          : new HttpError(502, "a fragment can't be had: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpError(503, "interrupted while waiting for a fragment", e);
    }
  }

  private Fragment fetchOrStale(Address address, List<Head.Field> fields) throws IOException {
    try {
      return fetch(address, fields);
    } catch (IOException e) {
      return cache.usable(address.toString()).orElseThrow(() -> e);
    }
  }

  private Fragment fetch(Address address, List<Head.Field> fields) throws IOException {
    fetches.incrementAndGet();
    List<Head.Field> asked = new ArrayList<>(fields);
    asked.removeIf(field -> field.name().equalsIgnoreCase("host"));
    asked.add(new Head.Field("Host", address.origin().toString()));
    try (OriginAnswer answer = client.get(address.origin(), Head.request("GET", address.target(), asked))) {
      if (!answer.head().isOk()) {
        throw new HttpError(502, address + " answered " + answer.head().status());
      }
      Fragment fragment = new Fragment(answer.bytes(limits.mostBytes()),
          Freshness.of(answer.head(), limits.usual()));
      cache.put(address.toString(), fragment);
      return fragment;
    }
  }

  /** How often an origin was asked. */
  public long fetches() {
    return fetches.get();
  }
}
