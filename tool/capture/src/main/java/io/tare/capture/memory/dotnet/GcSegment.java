package io.tare.capture.memory.dotnet;

import io.tare.capture.memory.MappingIndex;
import io.tare.capture.memory.ProcessMemory;
import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A stretch of memory for objects: a segment, or from .NET 7 on a region.
 *
 * @param objects where the first one is
 * @param end of the last one
 * @param committed up to where there is memory
 */
record GcSegment(String part, long objects, long end, long committed) {
  private static final long PAGE = 4096;

  AddressRange range() {
    return new AddressRange(objects & -PAGE, committed + PAGE - 1 & -PAGE);
  }

  /** The pages that objects begin or end on. */
  AddressRange body() {
    return new AddressRange(objects & -PAGE, end + PAGE - 1 & -PAGE);
  }

  /** How the collector describes one. */
  record Described(long allocated, long committed, long reserved, long objects, long flags, long next, long heap) {
    private static final int BYTES = 9 * Long.BYTES;
    private static final int READ_ONLY = 1;

    /** The words are: allocated, committed, reserved, used, objects, flags, next, allocated when a collection began, heap. */
    static Optional<Described> read(ProcessMemory memory, long at) {
      if (at <= 0 || at % Long.BYTES != 0) {
        return Optional.empty();
      }
      return memory.read(at, BYTES).map(ProcessMemory::inOrder).map(ByteBuffer::asLongBuffer)
          .map(w -> new Described(w.get(0), w.get(1), w.get(2), w.get(4), w.get(5), w.get(6), w.get(8)));
    }

    boolean isReadOnly() {
      return (flags & READ_ONLY) != 0;
    }

    /** Whether it is private memory of no file from end to end. */
    boolean isMemory(MappingIndex mappings) {
      if (objects <= 0 || objects > committed || committed > reserved) {
        return false;
      }
      AddressRange range = new AddressRange(objects, committed);
      long covered = 0;
      for (Mapping mapping : mappings.in(range)) {
        boolean fits = mapping.isAnonymous() && !mapping.isSharedMapping();
        covered += fits ? mapping.range().intersection(range).bytes() : 0;
      }
      return covered == range.bytes();
    }
  }
}
