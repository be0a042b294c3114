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
  private final LinkedHashMap<Address, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weightBytes;

  private record Entry(Fragment fragment, long freshUntil, long revalidateUntil, long standsInUntil) {
    long keptUntil() {
      return Math.max(revalidateUntil, standsInUntil);
    }
  }

  public FragmentCache(long mostBytes, LongSupplier clockMillis) {
    this.mostBytes = mostBytes;
    this.clockMillis = clockMillis;
  }

  public synchronized Optional<Fragment> fresh(Address address) {
    Entry entry = entries.get(address);
    return entry != null && clockMillis.getAsLong() < entry.freshUntil()
        ? Optional.of(entry.fragment())
        : Optional.empty();
  }

  /** Also one that is a little too old: it is used once more while a new one is fetched. */
  public synchronized Optional<Fragment> whileRevalidating(Address address) {
    Entry entry = entries.get(address);
    return entry != null && clockMillis.getAsLong() < entry.revalidateUntil()
        ? Optional.of(entry.fragment())
        : Optional.empty();
  }

  /** Also one that is too old, as long as it may stand in for an origin that fails. */
  public synchronized Optional<Fragment> usable(Address address) {
    Entry entry = entries.get(address);
    return entry != null && clockMillis.getAsLong() < entry.standsInUntil()
        ? Optional.of(entry.fragment())
        : Optional.empty();
  }

  synchronized void put(Address address, Fragment fragment) {
    Freshness freshness = fragment.freshness();
    if (freshness.freshMillis() <= 0 || fragment.weightBytes(address) > mostBytes) {
      return;
    }
    long freshUntil = clockMillis.getAsLong() + freshness.freshMillis();
    Entry old = entries.put(address, new Entry(fragment, freshUntil,
        freshUntil + freshness.revalidateMillis(),
        freshUntil + freshness.staleMillis()));
    weightBytes += fragment.weightBytes(address) - (old == null ? 0 : old.fragment().weightBytes(address));
    Iterator<Map.Entry<Address, Entry>> eldest = entries.entrySet().iterator();
    while (weightBytes > mostBytes && eldest.hasNext()) {
      remove(eldest);
    }
  }

  /** Drops what nobody may use any more. Without it a cache that is no longer asked would keep everything. */
  public synchronized void sweep() {
    long now = clockMillis.getAsLong();
    Iterator<Map.Entry<Address, Entry>> all = entries.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Address, Entry> next = all.next();
      if (next.getValue().keptUntil() <= now) {
        weightBytes -= next.getValue().fragment().weightBytes(next.getKey());
        all.remove();
      }
    }
  }

  /** Forgets the fragments whose path and query are these, or begin so when a star ends them; returns how many they were. */
  public synchronized int purge(String targets) {
    boolean all = targets.endsWith("*");
    String wanted = all ? targets.substring(0, targets.length() - 1) : targets;
    int purged = 0;
    Iterator<Map.Entry<Address, Entry>> each = entries.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Address, Entry> next = each.next();
      String target = next.getKey().target();
      if (all ? target.startsWith(wanted) : target.equals(wanted)) {
        weightBytes -= next.getValue().fragment().weightBytes(next.getKey());
        each.remove();
        purged++;
      }
    }
    return purged;
  }

  private void remove(Iterator<Map.Entry<Address, Entry>> entriesLeft) {
    Map.Entry<Address, Entry> next = entriesLeft.next();
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
