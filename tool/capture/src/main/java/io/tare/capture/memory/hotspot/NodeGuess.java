package io.tare.capture.memory.hotspot;

import io.tare.model.AddressRange;
import io.tare.model.jvm.JvmRegion.Purpose;
import io.tare.model.proc.Mapping;
import java.util.Optional;

/**
 * Metaspace nodes from the pointers that lead into them: a node begins at a multiple of its chunk size, and is one reservation,
 * so it ends where its mappings do, or after 64 MB.
 */
final class NodeGuess {
  private static final long CHUNK_BYTES = 4L << 20;
  private static final long NODE_BYTES = 64L << 20;

  private NodeGuess() {}

  static void add(Vm vm, Layout layout, ClassesWalk.Pointers pointers) {
    long end = 0;
    for (long pointer : pointers.metadata()) {
      if (pointer >= end && !isOwned(layout, pointer)) {
        long start = Math.max(pointer & -CHUNK_BYTES, startOfRun(vm, layout, pointer));
        end = Math.min(start + NODE_BYTES, endOfRun(vm, layout, pointer));
        layout.region(Purpose.METASPACE, "metaspace node", start, end);
      }
    }
  }

  static boolean isOwned(Layout layout, long address) {
    return layout.regions().stream().anyMatch(region -> region.range().contains(address));
  }

  /** Goes down through adjoining anonymous mappings, to where something else is known to end at the latest. */
  static long startOfRun(Vm vm, Layout layout, long from) {
    Optional<Mapping> mapping = vm.mappings().at(from);
    long start = from;
    while (mapping.isPresent() && mapping.get().isAnonymous()) {
      AddressRange range = new AddressRange(mapping.get().range().start(), start);
      long previous = layout.regions().stream().map(region -> region.range().intersection(range))
          .filter(shared -> !shared.isEmpty()).mapToLong(AddressRange::end).max().orElse(range.start());
      start = previous;
      mapping = previous > range.start() ? Optional.empty() : vm.mappings().at(previous - 1);
    }
    return start;
  }

  /** Goes up through adjoining anonymous mappings; a part that something else is known to own ends the run. */
  static long endOfRun(Vm vm, Layout layout, long from) {
    Optional<Mapping> mapping = vm.mappings().at(from);
    long end = from;
    while (mapping.isPresent() && mapping.get().isAnonymous()) {
      AddressRange range = new AddressRange(end, mapping.get().range().end());
      long next = layout.regions().stream().map(region -> region.range().intersection(range))
          .filter(shared -> !shared.isEmpty()).mapToLong(AddressRange::start).min().orElse(range.end());
      end = next;
      mapping = next < range.end() ? Optional.empty() : vm.mappings().at(next);
    }
    return end;
  }
}
