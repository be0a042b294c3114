package io.tare.capture.memory.glibc;

import io.tare.model.AddressRange;
import java.util.List;

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
    int head = HeapInfo.headBytes(state.address());
    long afterHead = heap.isFirst() ? heap.base() + head + state.layout().size() : heap.base() + head;
    long first = (afterHead + Chunk.ALIGNMENT - 1) & -Chunk.ALIGNMENT;
    return Segment.of(new AddressRange(Math.min(first, heap.used().end()), heap.used().end()), state.top());
  }
}
