package io.tare.capture.memory.python;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the pools in a process's anonymous memory: a few places of each mapping first, then the whole of those that show pools. */
record PoolScan(ProcessMemory memory) {
  /** Every arena has a pool at such an address, whatever its shape. */
  private static final int STRIDE_BYTES = 128 << 10;
  private static final int SLICE_BYTES = 1 << 20;

  /** Arenas are made one by one: what is reserved beyond this is something else's. */
  private static final long MOST_MAPPED_BYTES = 64L << 30;

  record FoundPools(AddressRange mapping, List<PoolHead> pools) {
    FoundPools {
      pools = List.copyOf(pools);
    }
  }

  /** The mappings that show pools, by the shape that they show most. */
  record Samples(PoolShape shape, List<AddressRange> mappings) {
    Samples {
      mappings = List.copyOf(mappings);
    }
  }

  Optional<Samples> sample(Smaps smaps) {
    Map<PoolShape, List<AddressRange>> found = new HashMap<>();
    Map<PoolShape, Integer> hits = new HashMap<>();
    for (Mapping mapping : smaps.mappings()) {
      if (canHoldArenas(mapping)) {
        for (PoolShape shape : PoolShape.KNOWN) {
          int pools = sample(mapping.range(), shape);
          hits.merge(shape, pools, Integer::sum);
          found.computeIfAbsent(shape, none -> new ArrayList<>())
              .addAll(pools > 0 ? List.of(mapping.range()) : List.of());
        }
      }
    }
    return hits.entrySet().stream().filter(entry -> entry.getValue() > 0).max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey).map(shape -> new Samples(shape, found.getOrDefault(shape, List.of())));
  }

  private static boolean canHoldArenas(Mapping mapping) {
    return mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping() && mapping.bytes().rss() > 0
        && mapping.range().bytes() <= MOST_MAPPED_BYTES;
  }

  private int sample(AddressRange range, PoolShape shape) {
    int hits = 0;
    for (long at = (range.start() + STRIDE_BYTES - 1) & -STRIDE_BYTES; at < range.end(); at += STRIDE_BYTES) {
      hits += memory.read(at, PoolHead.BYTES).map(ProcessMemory::inOrder).flatMap(PoolHead.reader(at, shape))
          .isPresent()
              ? 1
              : 0;
    }
    return hits;
  }

  /** All pools of one mapping. */
  FoundPools pools(AddressRange range, PoolShape shape) {
    List<PoolHead> pools = new ArrayList<>();
    for (AddressRange run : memory.presentRuns(range)) {
      for (long from = run.start(); from < run.end(); from += SLICE_BYTES) {
        AddressRange slice = AddressRange.ofSize(from, SLICE_BYTES).intersection(run);
        memory.read(slice.start(), (int) slice.bytes()).map(ProcessMemory::inOrder)
            .ifPresent(bytes -> collect(bytes, slice.start(), shape, pools));
      }
    }
    return new FoundPools(range, pools);
  }

  private static void collect(ByteBuffer bytes, long start, PoolShape shape, List<PoolHead> pools) {
    long first = (start + shape.poolBytes() - 1) & -(long) shape.poolBytes();
    for (long at = first; at - start + PoolHead.BYTES <= bytes.limit(); at += shape.poolBytes()) {
      ByteBuffer head = bytes.slice((int) (at - start), PoolHead.BYTES).order(bytes.order());
      PoolHead.reader(at, shape).apply(head).ifPresent(pools::add);
    }
  }
}
