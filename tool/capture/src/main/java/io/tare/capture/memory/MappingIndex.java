package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The mappings of a process by address. Of mappings that overlap, which the kernel never lists, one is found. */
public final class MappingIndex {
  private final List<Mapping> mappings;
  private final long[] starts;
  private final long[] ends;

  public MappingIndex(Smaps smaps) {
    mappings = smaps.mappings().stream()
        .sorted(Comparator.comparing((Mapping mapping) -> mapping.range().start(), Long::compareUnsigned)).toList();
    starts = mappings.stream().mapToLong(mapping -> mapping.range().start()).toArray();
    ends = mappings.stream().mapToLong(mapping -> mapping.range().end()).toArray();
  }

  public Optional<Mapping> at(long address) {
    int index = indexOf(address);
    return index < 0 ? Optional.empty() : Optional.of(mappings.get(index));
  }

  /** Whether the address lies in any mapping. */
  public boolean covers(long address) {
    return indexOf(address) >= 0;
  }

  private int indexOf(long address) {
    int index = lastNotAfter(address);
    return index >= 0 && Long.compareUnsigned(address, ends[index]) < 0 ? index : -1;
  }

  /** The index of the last mapping that starts at the address or before it; -1 when there is none. */
  private int lastNotAfter(long address) {
    int low = 0;
    int high = starts.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(starts[middle], address) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /** The mappings that lie in the range, also partly, by address. */
  public List<Mapping> in(AddressRange range) {
    List<Mapping> inside = new ArrayList<>();
    for (int i = Math.max(0, lastNotAfter(range.start())); i < starts.length; i++) {
      if (Long.compareUnsigned(starts[i], range.end()) >= 0) {
        break;
      }
      if (mappings.get(i).range().intersects(range)) {
        inside.add(mappings.get(i));
      }
    }
    return inside;
  }

  public List<Mapping> all() {
    return mappings;
  }

  /** The first mapping that begins at the address or after it. */
  public Optional<Mapping> from(long address) {
    int before = lastNotAfter(address);
    int next = before >= 0 && starts[before] == address ? before : before + 1;
    return next < starts.length ? Optional.of(mappings.get(next)) : Optional.empty();
  }
}
