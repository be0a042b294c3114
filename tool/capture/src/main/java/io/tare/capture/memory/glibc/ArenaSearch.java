package io.tare.capture.memory.glibc;

import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the arenas: secondary ones by their heaps, which lie at multiples of their size, the main one by following their ring, or in the
 * data of the C library.
 */
final class ArenaSearch {
  private static final int MOST_ARENAS = 8192;

  private final ProcessMemory memory;
  private final Smaps smaps;
  private final WordWidth width;

  ArenaSearch(ProcessMemory memory, Smaps smaps, WordWidth width) {
    this.memory = memory;
    this.smaps = smaps;
    this.width = width;
  }

  /** The arenas that own heaps, and what their heaps are. */
  Map<Long, List<HeapInfo>> heapsByArena() {
    Map<Long, List<HeapInfo>> byArena = new LinkedHashMap<>();
    for (Mapping mapping : smaps.mappings()) {
      if (!isPrivateData(mapping)) {
        continue;
      }
      long first = (mapping.range().start() + width.heapBytes() - 1) & -width.heapBytes();
      for (long base = first; base < mapping.range().end() && base > 0; base += width.heapBytes()) {
        HeapInfo.read(memory, base, width)
            .ifPresent(heap -> byArena.computeIfAbsent(heap.arena(), arena -> new ArrayList<>()).add(heap));
      }
    }
    return byArena;
  }

  /** Whether malloc can have made this mapping. */
  static boolean isPrivateData(Mapping mapping) {
    return mapping.isAnonymous() && mapping.isWritable() && !mapping.isSharedMapping() && !mapping.isExecutable();
  }

  /** All arenas that hang together with these, by address; a ring that does not close is followed as far as it goes. */
  Map<Long, ArenaState> rings(Iterable<Long> seeds) {
    Map<Long, ArenaState> states = new LinkedHashMap<>();
    for (long seed : seeds) {
      long address = seed;
      while (!states.containsKey(address) && states.size() < MOST_ARENAS) {
        Optional<ArenaState> state = ArenaState.read(memory, address, width);
        if (state.isEmpty()) {
          break;
        }
        states.put(address, state.get());
        address = state.get().next();
      }
    }
    withoutShadows(states);
    return states;
  }

  /** Where zeros stand before an arena without fastbins, one with fastbins seems to begin there; no ring leads to it. */
  private static void withoutShadows(Map<Long, ArenaState> states) {
    Set<Long> pointedTo = states.values().stream().map(ArenaState::next).collect(Collectors.toSet());
    Set<Long> topsOfRings = states.values().stream().filter(state -> pointedTo.contains(state.address()))
        .map(ArenaState::top).collect(Collectors.toSet());
    states.values().removeIf(state -> !pointedTo.contains(state.address()) && topsOfRings.contains(state.top()));
  }

  /**
   * An arena and where it lies.
   *
   * @param segments what is to be walked
   * @param ranges all memory that the arena made writable
   */
  record FoundArena(ArenaState state, boolean main, List<Segment> segments, List<AddressRange> ranges) {
    FoundArena {
      segments = List.copyOf(segments);
      ranges = List.copyOf(ranges);
    }

    /** A secondary arena in its heaps. */
    static FoundArena secondary(ArenaState state, List<HeapInfo> heaps) {
      List<Segment> segments = heaps.stream().map(heap -> segment(state, heap)).toList();
      return new FoundArena(state, false, segments, heaps.stream().map(HeapInfo::writable).toList());
    }

    private static Segment segment(ArenaState state, HeapInfo heap) {
      WordWidth width = state.layout().width();
      // As the arena's place in its first heap tells.
      long head = state.address() % width.heapBytes();
      long afterHead = heap.isFirst() ? heap.base() + head + state.layout().size() : heap.base() + head;
      long first = width.chunkFrom(afterHead);
      return Segment.of(new AddressRange(Math.min(first, heap.used().end()), heap.used().end()), state.top());
    }
  }

  /**
   * A stretch of memory that one arena fills with chunks.
   *
   * @param walked from the first chunk to the end of what the arena uses
   * @param top the arena's top chunk when it lies here, else 0
   */
  record Segment(AddressRange walked, long top) {
    static Segment of(AddressRange walked, long topOfArena) {
      return new Segment(walked, walked.contains(topOfArena) ? topOfArena : 0);
    }

    boolean endsWithTop() {
      return top != 0;
    }
  }

  /**
   * The head of one heap of a secondary arena, {@code struct heap_info}, at a multiple of the size that every heap has.
   *
   * @param width of its words
   * @param usedBytes how far the arena uses the heap
   * @param writableBytes how far it was ever made writable
   */
  record HeapInfo(WordWidth width, long base, long arena, long previous, long usedBytes, long writableBytes) {
    /** glibc before 2.35, and since; what is read of it stands in both. */
    private static final int WORDS = 4;
    private static final int WORDS_SINCE_2_35 = 5;

    static Optional<HeapInfo> read(ProcessMemory memory, long base, WordWidth width) {
      Optional<byte[]> words = memory.read(base, WORDS * width.bytes());
      if (words.isEmpty()) {
        return Optional.empty();
      }
      ByteBuffer head = ProcessMemory.inOrder(words.get());
      HeapInfo heap = new HeapInfo(width, base, width.word(head, 0), width.word(head, width.bytes()),
          width.word(head, 2 * width.bytes()), width.word(head, 3 * width.bytes()));
      return heap.isPlausible(memory.pageBytes()) ? Optional.of(heap) : Optional.empty();
    }

    private boolean isPlausible(int pageBytes) {
      if (usedBytes <= 0 || usedBytes > writableBytes || writableBytes > width.heapBytes()
          || usedBytes % pageBytes != 0) {
        return false;
      }
      return isFirst()
          ? previous == 0
          : previous > 0 && previous % width.heapBytes() == 0 && arena > 0 && arena % width.bytes() == 0;
    }

    /** Whether the arena itself lies in this heap, right after the head. */
    boolean isFirst() {
      long headBytes = arena - base;
      return headBytes == width.chunkFrom((long) WORDS * width.bytes())
          || headBytes == width.chunkFrom((long) WORDS_SINCE_2_35 * width.bytes());
    }

    AddressRange used() {
      return AddressRange.ofSize(base, usedBytes);
    }

    AddressRange writable() {
      return AddressRange.ofSize(base, writableBytes);
    }
  }
}
