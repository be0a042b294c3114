package io.tare.include.fragment;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Fragments by address: never heavier than its bound, the one used longest ago goes first, and what is too old goes by {@link #sweep}. */
public final class FragmentCache {
  private final long mostBytes;
  private final LongSupplier clockMillis;
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weightBytes;

  private record Entry(Fragment fragment, long freshUntil, long usableUntil) {}

  public FragmentCache(long mostBytes, LongSupplier clockMillis) {
    this.mostBytes = mostBytes;
    this.clockMillis = clockMillis;
  }

  public synchronized Optional<Fragment> fresh(String address) {
    Entry entry = entries.get(address);
    return entry != null && clockMillis.getAsLong() < entry.freshUntil()
        ? Optional.of(entry.fragment())
        : Optional.empty();
  }

  /** Also one that is too old, as long as it may stand in for an origin that fails. */
  public synchronized Optional<Fragment> usable(String address) {
    Entry entry = entries.get(address);
    return entry != null && clockMillis.getAsLong() < entry.usableUntil()
        ? Optional.of(entry.fragment())
        : Optional.empty();
  }

  synchronized void put(String address, Fragment fragment) {
    Freshness freshness = fragment.freshness();
    if (freshness.freshMillis() <= 0 || fragment.weightBytes(address) > mostBytes) {
      return;
    }
    long freshUntil = clockMillis.getAsLong() + freshness.freshMillis();
    Entry old = entries.put(address, new Entry(fragment, freshUntil, freshUntil + freshness.staleMillis()));
    weightBytes += fragment.weightBytes(address) - (old == null ? 0 : old.fragment().weightBytes(address));
    Iterator<Map.Entry<String, Entry>> eldest = entries.entrySet().iterator();
    while (weightBytes > mostBytes && eldest.hasNext()) {
      remove(eldest);
    }
  }

  /** Drops what nobody may use any more. Without it a cache that is no longer asked would keep everything. */
  public synchronized void sweep() {
    long now = clockMillis.getAsLong();
    Iterator<Map.Entry<String, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Entry> next = all.next();
      if (next.getValue().usableUntil() <= now) {
        weightBytes -= next.getValue().fragment().weightBytes(next.getKey());
        all.remove();
      }
    }
  }

  private void remove(Iterator<Map.Entry<String, Entry>> entriesLeft) {
    Map.Entry<String, Entry> next = entriesLeft.next();
    weightBytes -= next.getValue().fragment().weightBytes(next.getKey());
    entriesLeft.remove();
  }

  public synchronized long weightBytes() {
    return weightBytes;
  }

  public synchronized int size() {
    return entries.size();
  }
}
