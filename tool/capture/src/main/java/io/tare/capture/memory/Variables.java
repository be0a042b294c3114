package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The variables of mapped files: their writable data, and the zeros that the loader maps right behind it. A runtime without symbols
 * is found from here: a pointer among the variables, and a vote by what it points to.
 *
 * @param ranges where they lie
 */
public record Variables(ProcessMemory memory, List<AddressRange> ranges) {
  private static final int SLICE_BYTES = 1 << 20;
  private static final long MOST_BYTES = 64L << 20;
  private static final int MOST_POINTERS = 1 << 18;

  public Variables {
    ranges = List.copyOf(ranges);
  }

  /** A variable and what it points to. */
  public record Pointer(long at, long target) {}

  /** Some variables in one piece. */
  public interface Visitor {
    /** Words of present pages from an address on, in the process's byte order. */
    void visit(long address, ByteBuffer words);
  }

  /** The variables of all files that are wanted. */
  public static Variables of(ProcessMemory memory, Smaps smaps, Predicate<Mapping> wanted) {
    List<AddressRange> ranges = new ArrayList<>();
    long endOfData = -1;
    for (Mapping mapping : smaps.mappings()) {
      boolean isData = mapping.hasPath() && wanted.test(mapping);
      boolean isZeros = mapping.isAnonymous() && mapping.range().start() == endOfData;
      boolean isVariables = (isData || isZeros) && mapping.isWritable() && !mapping.isSharedMapping();
      if (isVariables) {
        ranges.add(mapping.range());
      }
      endOfData = isVariables && isData ? mapping.range().end() : -1;
    }
    return new Variables(memory, ranges);
  }

  /** Shows all present variables in the order of their addresses, up to a bound. */
  public void each(Visitor visitor) {
    long left = MOST_BYTES;
    for (AddressRange range : ranges) {
      for (AddressRange run : memory.presentRuns(range)) {
        for (long at = run.start(); at < run.end() && left > 0; at += SLICE_BYTES) {
          AddressRange slice = AddressRange.ofSize(at, SLICE_BYTES).intersection(run);
          memory.read(slice.start(), (int) slice.bytes()).map(ProcessMemory::inOrder)
              .ifPresent(words -> visitor.visit(slice.start(), words));
          left -= slice.bytes();
        }
      }
    }
  }

  /** The variables that point into private writable memory, at multiples of the alignment. */
  public List<Pointer> pointers(MappingIndex mappings, int alignment) {
    List<Pointer> pointers = new ArrayList<>();
    each((address, words) -> {
      for (int at = 0; at + Long.BYTES <= words.limit() && pointers.size() < MOST_POINTERS; at += Long.BYTES) {
        long target = words.getLong(at);
        if (target > 0 && target % alignment == 0
            && mappings.at(target).filter(Variables::isPrivateData).isPresent()) {
          pointers.add(new Pointer(address + at, target));
        }
      }
    });
    return pointers;
  }

  private static boolean isPrivateData(Mapping mapping) {
    return mapping.isWritable() && !mapping.isSharedMapping() && !mapping.hasPath();
  }
}
