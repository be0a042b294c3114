package io.tare.heap.waste;

import io.tare.heap.store.BigArrays.Bytes;
import io.tare.heap.store.BigArrays.Longs;
import io.tare.heap.store.LongIntMap;
import io.tare.heap.store.LongIntMap.Mix;
import io.tare.heap.store.Storage;
import java.util.function.Consumer;

/**
 * Counts how often each content occurs, by a digest of it, for several threads.
 *
 * <p>The digest chooses one of many small tables and a place in it; a table's entry has the object with the lowest number and, in
 * the bits that numbers leave free, the rest of the digest. Threads gather objects for a table before they go to it, so that a
 * table is in the processor's cache while it is used.
 */
final class Repeats {
  private static final int SHARD_BITS = 8;
  private static final int LEAST_CAPACITY = 64;
  private static final int BATCH = 64;

  /** A content that occurs more than once; {@code node} is the first object that has it. */
  record Repeat(int node, int count) {}

  private final Shard[] shards = new Shard[1 << SHARD_BITS];

  Repeats(Storage storage, int objects) {
    // A thousandth of the objects: a table that starts small leaves many small blocks behind.
    int capacity = Math.max(LEAST_CAPACITY, Integer.highestOneBit(objects >>> 10));
    for (int i = 0; i < shards.length; i++) {
      shards[i] = new Shard(storage, capacity,
          Math.max(Byte.SIZE, Integer.SIZE - Integer.numberOfLeadingZeros(objects)));
    }
  }

  /** For one thread. */
  Adder adder() {
    return new Adder();
  }

  /** In no order. */
  void forEach(Consumer<Repeat> each) {
    for (Shard shard : shards) {
      shard.forEach(each);
    }
  }

  void close() {
    for (Shard shard : shards) {
      shard.close();
    }
  }

  /** Gathers objects for each table. */
  final class Adder {
    private final long[] digests = new long[shards.length * BATCH];
    private final int[] nodes = new int[shards.length * BATCH];
    private final int[] counts = new int[shards.length];
    /** Of no meaning: keeps the reads that bring entries near. */
    private long unusedSum;

    void add(long digest, int node) {
      long mixed = Mix.mix(digest);
      int shard = (int) (mixed >>> (Long.SIZE - SHARD_BITS));
      int at = shard * BATCH + counts[shard]++;
      digests[at] = mixed;
      nodes[at] = node;
      if (counts[shard] == BATCH) {
        flush(shard);
      }
    }

    /** To be called after the last one. */
    void flush() {
      for (int shard = 0; shard < shards.length; shard++) {
        flush(shard);
      }
    }

    private void flush(int shard) {
      Shard target = shards[shard];
      int from = shard * BATCH;
      int to = from + counts[shard];
      counts[shard] = 0;
      synchronized (target) {
        unusedSum += target.touch(digests, from, to);
        for (int at = from; at < to; at++) {
          target.add(digests[at], nodes[at]);
        }
      }
    }
  }

  /** A table by open addressing. How often is kept apart, only for what occurs more than once. */
  private static final class Shard {
    private final Storage storage;
    private final int nodeBits;
    private final long nodeMask;
    private Longs entries;
    /** Eight more bits of the digest for every entry. */
    private Bytes checks;
    /** How many more there are than the first. */
    private final LongIntMap more = new LongIntMap();
    private long size;

    Shard(Storage storage, int capacity, int nodeBits) {
      this.storage = storage;
      this.nodeBits = nodeBits;
      this.nodeMask = (1L << nodeBits) - 1;
      this.entries = new Longs(storage, capacity);
      this.checks = new Bytes(storage, capacity);
    }

    /** Reads the places of some digests: the processor waits for all of them together and not for one after the other. */
    long touch(long[] digests, int from, int to) {
      long mask = entries.length() - 1;
      long all = 0;
      for (int at = from; at < to; at++) {
        long slot = (digests[at] << SHARD_BITS & ~nodeMask) >>> nodeBits & mask;
        all += entries.get(slot) + checks.get(slot);
      }
      return all;
    }

    void add(long digest, int node) {
      if (size * 3 > entries.length() * 2) {
        grow();
      }
      long tag = digest << SHARD_BITS & ~nodeMask;
      byte check = (byte) digest;
      long slot = slot(tag, check);
      long entry = entries.get(slot);
      if (entry == 0) {
        entries.set(slot, tag | node);
        checks.set(slot, check);
        size++;
        return;
      }
      if (node < (entry & nodeMask)) {
        entries.set(slot, tag | node);
      }
      more.add(tag | (check & 0xff), 1);
    }

    /** Where this digest is, or a free place for it. No object has number 0, so no entry is 0. */
    private long slot(long tag, byte check) {
      long mask = entries.length() - 1;
      long slot = tag >>> nodeBits & mask;
      for (long there = entries.get(slot); there != 0; there = entries.get(slot)) {
        if ((there & ~nodeMask) == tag && checks.get(slot) == check) {
          break;
        }
        slot = (slot + 1) & mask;
      }
      return slot;
    }

    private void grow() {
      Longs oldEntries = entries;
      Bytes oldChecks = checks;
      entries = new Longs(storage, oldEntries.length() * 2);
      checks = new Bytes(storage, oldEntries.length() * 2);
      for (long i = 0; i < oldEntries.length(); i++) {
        long entry = oldEntries.get(i);
        if (entry != 0) {
          long slot = slot(entry & ~nodeMask, oldChecks.get(i));
          entries.set(slot, entry);
          checks.set(slot, oldChecks.get(i));
        }
      }
      oldEntries.close();
      oldChecks.close();
    }

    void forEach(Consumer<Repeat> each) {
      more.forEach((key, count) -> {
        long entry = entries.get(slot(key & ~nodeMask, (byte) key));
        each.accept(new Repeat((int) (entry & nodeMask), count + 1));
      });
    }

    void close() {
      entries.close();
      checks.close();
    }
  }
}
