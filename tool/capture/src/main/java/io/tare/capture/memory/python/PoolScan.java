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
import java.util.function.Function;

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

  /**
   * How a version of CPython cuts its arenas up: 2.7 to 3.6, 3.7 to 3.9, 3.10 and later.
   *
   * @param alignmentBits blocks are multiples of 8 or 16 bytes
   */
  record PoolShape(int arenaBytes, int poolBytes, int alignmentBits) {
    static final List<PoolShape> KNOWN = List.of(new PoolShape(1 << 20, 1 << 14, 4), new PoolShape(1 << 18, 1 << 12, 4),
        new PoolShape(1 << 18, 1 << 12, 3));
    private static final int LARGEST_BLOCK = 512;

    int sizeClasses() {
      return LARGEST_BLOCK >> alignmentBits;
    }

    int blockBytes(int sizeClass) {
      return (sizeClass + 1) << alignmentBits;
    }

    int blocksInPool(int blockBytes) {
      return (poolBytes - PoolHead.BYTES) / blockBytes;
    }
  }

  /**
   * The head of one pool, {@code struct pool_header}: blocks in use, the first free block, neighbours, the arena's number, the class of
   * size, the next untouched place and the last one. The last two follow from the class, so that a head is hard to mistake.
   */
  record PoolHead(long address, long arena, int blockBytes, int blocksUsed) {
    static final int BYTES = 48;
    private static final int FREE_BLOCK_AT = 8;
    private static final int ARENA_AT = 32;
    private static final int SIZE_CLASS_AT = 36;
    private static final int NEXT_OFFSET_AT = 40;
    private static final int LAST_OFFSET_AT = 44;

    /** Reads the bytes at this address as a head of this shape. */
    static Function<ByteBuffer, Optional<PoolHead>> reader(long address, PoolShape shape) {
      return head -> of(head, address, shape);
    }

    private static Optional<PoolHead> of(ByteBuffer head, long address, PoolShape shape) {
      int sizeClass = head.getInt(SIZE_CLASS_AT);
      if (sizeClass < 0 || sizeClass >= shape.sizeClasses()) {
        return Optional.empty();
      }
      int blockBytes = shape.blockBytes(sizeClass);
      int used = head.getInt(0);
      int next = head.getInt(NEXT_OFFSET_AT);
      boolean offsetsFit = head.getInt(LAST_OFFSET_AT) == shape.poolBytes() - blockBytes && next >= BYTES
          && next <= shape.poolBytes() && (next - BYTES) % blockBytes == 0;
      long free = head.getLong(FREE_BLOCK_AT);
      boolean freeFits = free == 0 || (free > address && free < address + shape.poolBytes());
      boolean fits = offsetsFit && freeFits && used >= 0 && used <= shape.blocksInPool(blockBytes);
      long arena = Integer.toUnsignedLong(head.getInt(ARENA_AT));
      return fits ? Optional.of(new PoolHead(address, arena, blockBytes, used)) : Optional.empty();
    }

    boolean isEmpty() {
      return blocksUsed == 0;
    }
  }
}
