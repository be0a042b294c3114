package io.tare.include.fragment;

import io.tare.include.http.Gzip;
import io.tare.include.http.Head;
import io.tare.include.http.HttpError;
import io.tare.include.http.OriginAnswer;
import io.tare.include.http.OriginClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;

/** Fragments for pages: from the cache, else from the origin, with one fetch for all who wait for the same address. */
public final class Fragments {
  private final OriginClient client;
  private final FragmentCache cache;
  private final FragmentLimits limits;
  private final Map<Address, CompletableFuture<Fragment>> underway = new ConcurrentHashMap<>();
  private final LongAdder fetches = new LongAdder();
  private final LongAdder hits = new LongAdder();
  private final LongAdder revalidations = new LongAdder();
  private final LongAdder stoodIn = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** What was asked for: found as it is, fetched, used while a new one was fetched, used since the origin failed, not to be had. */
  public record Counts(long hits, long fetches, long revalidations, long stoodIn, long failures) {}

  public Fragments(OriginClient client, FragmentCache cache, FragmentLimits limits) {
    this.client = client;
    this.cache = cache;
    this.limits = limits;
  }

  /** Without asking anyone. */
  public Optional<Fragment> cached(Address address) {
    Optional<Fragment> fresh = cache.fresh(address);
    fresh.ifPresent(found -> hits.increment());
    return fresh;
  }

  /** Waits for the fragment, unless one is there that may be used once more; a failing origin is covered by what it sent before. */
  public Fragment get(Address address) throws IOException {
    Optional<Fragment> fresh = cached(address);
    if (fresh.isPresent()) {
      return fresh.get();
    }
    Optional<Fragment> old = cache.whileRevalidating(address);
    if (old.isPresent()) {
      revalidations.increment();
      fetchBehind(address);
      return old.get();
    }
    return fetchOnce(address);
  }

  private void fetchBehind(Address address) {
    if (!underway.containsKey(address)) {
      Thread.ofVirtual().start(() -> {
        try {
          fetchOnce(address);
        } catch (IOException e) {
          // Whoever asks once the old one is too old hears of it.
          failures.increment();
        }
      });
    }
  }

  private Fragment fetchOnce(Address address) throws IOException {
    CompletableFuture<Fragment> mine = new CompletableFuture<>();
    CompletableFuture<Fragment> first = underway.putIfAbsent(address, mine);
    if (first != null) {
      return await(first);
    }
    try {
      // Another fetch may have ended since it was looked for.
      Optional<Fragment> fresh = cached(address);
      Fragment fragment = fresh.isPresent() ? fresh.get() : fetchOrStale(address);
      mine.complete(fragment);
      return fragment;
    } catch (IOException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      underway.remove(address, mine);
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

  private Fragment fetchOrStale(Address address) throws IOException {
    try {
      return fetch(address);
    } catch (IOException e) {
      Optional<Fragment> old = cache.usable(address);
      (old.isPresent() ? stoodIn : failures).increment();
      return old.orElseThrow(() -> e);
    }
  }

  private Fragment fetch(Address address) throws IOException {
    fetches.increment();
    List<Head.Field> fields = List.of(new Head.Field("Host", address.host()));
    try (OriginAnswer answer = client.get(address.origin(), Head.request("GET", address.target(), fields))) {
      if (!answer.head().isOk()) {
        throw new HttpError(502, address + " answered " + answer.head().status());
      }
      Fragment fragment = new Fragment(bytes(answer), Freshness.of(answer.head(), limits.usual()));
      cache.put(address, fragment);
      return fragment;
    }
  }

  /** Unpacked where the origin sends it packed without being asked to, and never more than allowed. */
  private byte[] bytes(OriginAnswer answer) throws IOException {
    Optional<String> coding = answer.head().field("content-encoding");
    if (coding.isEmpty() || coding.get().equalsIgnoreCase("identity")) {
      return answer.bytes(limits.mostBytes());
    }
    if (!Gzip.isName(coding.get())) {
      throw new HttpError(502, "a fragment in the coding " + coding.get());
    }
    byte[] all = Gzip.unpacked(answer.body()).readNBytes(limits.mostBytes() + 1);
    if (all.length > limits.mostBytes()) {
      throw new HttpError(502, "an answer of more than " + limits.mostBytes() + " bytes");
    }
    return all;
  }

  public Counts counts() {
    return new Counts(hits.sum(), fetches.sum(), revalidations.sum(), stoodIn.sum(), failures.sum());
  }
}
