package io.tare.heapdump.waste;

import io.tare.heapdump.store.LongIntMap;
import io.tare.heapdump.store.Longs;
import io.tare.heapdump.store.Mix;
import io.tare.heapdump.store.Storage;
import java.util.ArrayList;
import java.util.List;

/** Counts how often each content occurs, by a 64-bit digest of it, for several threads. */
final class Repeats {
  private static final int SHARDS = 64;
  private static final int FIRST_CAPACITY = 4096;

  /** A content that occurs more than once; {@code node} is the first object that has it. */
  record Repeat(int node, int count) {}

  private final Shard[] shards = new Shard[SHARDS];

  Repeats(Storage storage) {
    for (int i = 0; i < SHARDS; i++) {
      shards[i] = new Shard(storage);
    }
  }

  void add(long digest, int node) {
    long mixed = Mix.mix(digest);
    shards[(int) (mixed >>> 58)].add(mixed == 0 ? 1 : mixed, node);
  }

  List<Repeat> repeated() {
    List<Repeat> all = new ArrayList<>();
    for (Shard shard : shards) {
      shard.collect(all);
    }
    return all;
  }

  void close() {
    for (Shard shard : shards) {
      shard.entries.close();
    }
  }

  /**
   * A table by open addressing: the digest, and beside it the object with the lowest number, in one line of the processor's
   * cache. How often is kept apart, only for what occurs more than once.
   */
  private static final class Shard {
    private final Storage storage;
    private Longs entries;
    private final LongIntMap counts = new LongIntMap();
    private long size;

    Shard(Storage storage) {
      this.storage = storage;
      this.entries = new Longs(storage, 2 * FIRST_CAPACITY);
    }

    synchronized void add(long key, int node) {
      if (size * 3 > entries.length()) {
        grow();
      }
      long slot = slot(entries, key);
      if (entries.get(slot) == 0) {
        entries.set(slot, key);
        entries.set(slot + 1, node);
        size++;
        return;
      }
      entries.set(slot + 1, Math.min(node, entries.get(slot + 1)));
      counts.put(key, counts.getOrDefault(key, 1) + 1);
    }

    private static long slot(Longs entries, long key) {
      long mask = entries.length() - 2;
      long slot = (key << 1) & mask;
      for (long there = entries.get(slot); there != 0 && there != key; there = entries.get(slot)) {
        slot = (slot + 2) & mask;
      }
      return slot;
    }

    private void grow() {
      Longs old = entries;
      entries = new Longs(storage, old.length() * 2);
      for (long i = 0; i < old.length(); i += 2) {
        if (old.get(i) != 0) {
          long slot = slot(entries, old.get(i));
          entries.set(slot, old.get(i));
          entries.set(slot + 1, old.get(i + 1));
        }
      }
      old.close();
    }

    private void collect(List<Repeat> into) {
      for (long key : counts.sortedKeys()) {
        into.add(new Repeat((int) entries.get(slot(entries, key) + 1), counts.getOrDefault(key, 0)));
      }
    }
  }
}
