package io.tare.model.jvm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a JVM keeps what, as one source tells it. Several sources are merged by laying their ranges over each other.
 *
 * @param source {@code structure tables}, {@code VM.info}, {@code System.map} …
 * @param facts single values: {@code version}, {@code collector}, {@code heap.max}, {@code flag.ThreadStackSize} …; numbers in decimal
 * @param regions ranges by purpose, in any order; they may overlap, the narrower one wins
 * @param heapParts the heap's spaces or regions; empty when this source does not know them
 */
public record JvmLayout(
    String source,
    Map<String, String> facts,
    List<JvmRegion> regions,
    List<HeapPart> heapParts,
    List<JvmThread> threads) {
  public JvmLayout {
    facts = Map.copyOf(facts);
    regions = List.copyOf(regions);
    heapParts = List.copyOf(heapParts);
    threads = List.copyOf(threads);
  }

  public Optional<String> fact(String key) {
    return Optional.ofNullable(facts.get(key));
  }

  public OptionalLong number(String key) {
    String value = facts.get(key);
    try {
      return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
