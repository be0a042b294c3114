package io.tare.capture.memory.allocators;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * mimalloc 2: segments of 512 slices of 64 KB, at multiples of 32 MB. A segment's head describes each slice; the first slice of a span
 * says how many it has, so that following them must end exactly with the last one. Which distance and start make all segments close is
 * the layout.
 */
final class Mimalloc {
  private static final int SLICE_BYTES = 64 << 10;
  private static final int SLICES = 512;
  private static final long SEGMENT_BYTES = (long) SLICES * SLICE_BYTES;
  private static final long MOST_SEARCHED = 1L << 40;
  private static final int MOST_SEGMENTS = 1 << 16;

  private final AllocatorSearch search;
  private final ProcessMemory memory;

  private Mimalloc(AllocatorSearch search) {
    this.search = search;
    this.memory = search.memory();
  }

  /** What it holds; empty where no segments close. */
  static Optional<AllocatorSearch.Found> find(AllocatorSearch search) {
    return new Mimalloc(search).find();
  }

  private Optional<AllocatorSearch.Found> find() {
    List<Long> places = places();
    Map<Heads, Integer> votes = new HashMap<>();
    for (long segment : places) {
      for (Heads heads : Heads.KNOWN) {
        if (heads.spans(memory, segment).size() > 1) {
          votes.merge(heads, 1, Integer::sum);
        }
      }
    }
    return votes.entrySet().stream().max(Map.Entry.comparingByValue()).flatMap(best -> read(places, best.getKey()));
  }

  /** Where segments may begin. */
  private List<Long> places() {
    List<Long> places = new ArrayList<>();
    for (Mapping mapping : search.smaps().mappings()) {
      boolean mayHold = mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping()
          && mapping.range().bytes() <= MOST_SEARCHED;
      long first = (mapping.range().start() + SEGMENT_BYTES - 1) & -SEGMENT_BYTES;
      for (long at = first; mayHold && at < mapping.range().end()
          && places.size() < MOST_SEGMENTS; at += SEGMENT_BYTES) {
        if (memory.isPresent(at)) {
          places.add(at);
        }
      }
    }
    return places;
  }

  private Optional<AllocatorSearch.Found> read(List<Long> places, Heads heads) {
    Blocks blocks = new Blocks(memory);
    List<AddressRange> tables = new ArrayList<>();
    for (long segment : places) {
      List<Span> spans = heads.spans(memory, segment);
      for (Span span : spans) {
        if (span.first() == 0) {
          tables.add(span.range(segment));
          continue;
        }
        Optional<Long> used = usedBytes(segment + heads.start() + (long) span.first() * heads.distance(), span);
        if (used.isEmpty() || search.isOver()) {
          return Optional.empty();
        }
        blocks.add(span.range(segment), used.get());
      }
    }
    return Optional.of(new AllocatorSearch.Found("mimalloc", blocks.regions(), tables));
  }

  /** Of a span's blocks those that are handed out; empty when this is no head of a span. */
  private Optional<Long> usedBytes(long head, Span span) {
    long blockBytes = memory.u32(head + 28).orElse(-1);
    if (blockBytes == 0) {
      return Optional.of(0L);
    }
    long capacity = memory.u16(head + 10).orElse(0);
    long reserved = memory.u16(head + 12).orElse(0);
    long used = memory.u32(head + 24).orElse(-1);
    boolean fits = used >= 0 && used <= capacity && capacity <= reserved && blockBytes > 0
        && blockBytes * reserved <= (long) span.count() * SLICE_BYTES;
    return fits ? Optional.of(used * blockBytes) : Optional.empty();
  }

  /** Slices that belong together. */
  private record Span(int first, int count) {
    AddressRange range(long segment) {
      return AddressRange.ofSize(segment + (long) first * SLICE_BYTES, (long) count * SLICE_BYTES);
    }
  }

  /** Where the heads of slices begin in a segment, and how far apart they are. */
  private record Heads(int start, int distance) {
    static final List<Heads> KNOWN = known();

    private static List<Heads> known() {
      List<Heads> known = new ArrayList<>();
      for (int distance = 80; distance <= 104; distance += Long.BYTES) {
        for (int start = 64; start < 640; start += Long.BYTES) {
          known.add(new Heads(start, distance));
        }
      }
      return List.copyOf(known);
    }

    /** The spans that fill the segment, its own head first; none when they don't. */
    List<Span> spans(ProcessMemory memory, long segment) {
      List<Span> spans = new ArrayList<>();
      int slice = 0;
      while (slice < SLICES) {
        // How many slices, and how far it is to the first one: nothing, for the first one.
        long counts = memory.u64(segment + start + (long) slice * distance).orElse(0);
        if (counts <= 0 || counts > SLICES - slice) {
          return List.of();
        }
        spans.add(new Span(slice, (int) counts));
        slice += (int) counts;
      }
      return spans;
    }
  }
}
