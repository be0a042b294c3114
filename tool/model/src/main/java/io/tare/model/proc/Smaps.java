package io.tare.model.proc;

import java.util.List;
import java.util.function.ToLongFunction;

/** All mappings of a process at one moment, by address. */
public record Smaps(List<Mapping> mappings) {
  public Smaps {
    mappings = List.copyOf(mappings);
  }

  /** The sum over all mappings of one of their counts: {@code smaps.total(MappingBytes::rss)}. */
  public long total(ToLongFunction<MappingBytes> count) {
    long sum = 0;
    for (Mapping mapping : mappings) {
      sum += count.applyAsLong(mapping.bytes());
    }
    return sum;
  }
}
