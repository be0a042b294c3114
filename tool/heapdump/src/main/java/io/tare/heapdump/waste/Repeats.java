package io.tare.heapdump.waste;

import io.tare.heapdump.store.Ints;
import io.tare.heapdump.store.LongIntMap;
import io.tare.heapdump.store.Longs;
import io.tare.heapdump.store.Mix;
import io.tare.heapdump.store.Storage;
import java.util.ArrayList;
import java.util.List;

/** Counts how often each content occurs, by a 64-bit digest of it, for several threads. */
final class Repeats {
  private static final int SHARDS = 64;

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
      shard.keys.close();
      shard.nodes.close();
    }
  }

  /** A table by open addressing: the digest, and the object with the lowest number; how often, only if more than once. */
  private static final class Shard {
    private final Storage storage;
    private Longs keys;
    private Ints nodes;
    private final LongIntMap counts = new LongIntMap();
    private long size;

    Shard(Storage storage) {
      this.storage = storage;
      this.keys = new Longs(storage, 64);
      this.nodes = new Ints(storage, 64);
    }

    synchronized void add(long key, int node) {
      if (size * 3 > keys.length() * 2) {
        grow();
      }
      long slot = slot(keys, key);
      if (keys.get(slot) == 0) {
        keys.set(slot, key);
        nodes.set(slot, node);
        size++;
        return;
      }
      nodes.set(slot, Math.min(node, nodes.get(slot)));
      counts.put(key, counts.getOrDefault(key, 1) + 1);
    }

    private static long slot(Longs keys, long key) {
      long mask = keys.length() - 1;
      long slot = key & mask;
      while (keys.get(slot) != 0 && keys.get(slot) != key) {
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void grow() {
      Longs oldKeys = keys;
      Ints oldNodes = nodes;
      keys = new Longs(storage, oldKeys.length() * 2);
      nodes = new Ints(storage, oldKeys.length() * 2);
      for (long i = 0; i < oldKeys.length(); i++) {
        if (oldKeys.get(i) != 0) {
          long slot = slot(keys, oldKeys.get(i));
          keys.set(slot, oldKeys.get(i));
          nodes.set(slot, oldNodes.get(i));
        }
      }
      oldKeys.close();
      oldNodes.close();
    }

    private void collect(List<Repeat> into) {
      for (long key : counts.sortedKeys()) {
        into.add(new Repeat(nodes.get(slot(keys, key)), counts.getOrDefault(key, 0)));
      }
    }
  }
}
