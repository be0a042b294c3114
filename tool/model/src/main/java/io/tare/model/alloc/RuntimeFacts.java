package io.tare.model.alloc;

import io.tare.model.AddressRange;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a Go or CPython runtime says of its own memory.
 *
 * @param facts {@code version}, {@code heap.inuse}, {@code heap.idle}, {@code heap.released}, {@code stacks.inuse} …; numbers in decimal bytes
 * @param ranges named ranges of addresses: the Go arena, obmalloc arenas
 */
public record RuntimeFacts(Map<String, String> facts, List<NamedRange> ranges) {
  public RuntimeFacts {
    facts = Map.copyOf(facts);
    ranges = List.copyOf(ranges);
  }

  /** A range and the account that the runtime's own structures give it. */
  public record NamedRange(String name, AddressRange range) {}

  public OptionalLong number(String key) {
    String value = facts.get(key);
    try {
      return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
