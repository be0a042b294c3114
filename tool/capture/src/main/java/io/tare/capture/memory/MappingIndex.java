package io.tare.capture.memory;

import io.tare.model.AddressRange;
import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The mappings of a process by address. */
public final class MappingIndex {
  private final TreeMap<Long, Mapping> byStart = new TreeMap<>(Long::compareUnsigned);

  public MappingIndex(Smaps smaps) {
    for (Mapping mapping : smaps.mappings()) {
      byStart.put(mapping.range().start(), mapping);
    }
  }

  public Optional<Mapping> at(long address) {
    Map.Entry<Long, Mapping> before = byStart.floorEntry(address);
    return before == null || !before.getValue().range().contains(address)
        ? Optional.empty()
        : Optional.of(before.getValue());
  }

  /** The mappings that lie in the range, also partly, by address. */
  public List<Mapping> in(AddressRange range) {
    List<Mapping> inside = new ArrayList<>();
    at(range.start()).filter(first -> first.range().start() != range.start()).ifPresent(inside::add);
    inside.addAll(byStart.subMap(range.start(), range.end()).values());
    return inside;
  }

  public List<Mapping> all() {
    return List.copyOf(byStart.values());
  }

  /** The first mapping that begins at the address or after it. */
  public Optional<Mapping> from(long address) {
    return Optional.ofNullable(byStart.ceilingEntry(address)).map(Map.Entry::getValue);
  }
}
