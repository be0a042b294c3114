package io.tare.formats.memory;

import io.tare.formats.facts.Fact;
import io.tare.model.AddressRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segment lines of a malloc artefact by the arena that they name. */
record Segments(Map<Long, List<AddressRange>> byArena) {

  static Segments of(FactLines lines) {
    Map<Long, List<AddressRange>> byArena = new HashMap<>();
    for (Fact fact : lines.withWord("segment")) {
      lines.range(fact).ifPresent(range -> byArena
          .computeIfAbsent(fact.address("arena").orElse(0), arena -> new ArrayList<>()).add(range));
    }
    return new Segments(byArena);
  }

  List<AddressRange> of(long arena) {
    return byArena.getOrDefault(arena, List.of());
  }
}
