package io.tare.ledger.claims;

import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which allocator serves malloc when it is not glibc's. */
public final class Allocators {
  private static final List<String> FOREIGN = List.of("jemalloc", "tcmalloc", "mimalloc", "snmalloc", "hoard");

  private Allocators() {}

  /** The allocator's name, by a mapped library or by the executable's own symbols; empty for glibc's or an unknown one. */
  public static Optional<String> foreign(Smaps smaps, Map<String, String> executable) {
    for (Mapping mapping : smaps.mappings()) {
      if (mapping.hasPath()) {
        String file = mapping.name().substring(mapping.name().lastIndexOf('/') + 1);
        Optional<String> known = FOREIGN.stream().filter(name -> file.startsWith("lib" + name)).findFirst();
        if (known.isPresent()) {
          return known;
        }
        if (file.startsWith("ld-musl-") || file.startsWith("libc.musl-")) {
          return Optional.of("musl");
        }
      }
    }
    String linked = executable.getOrDefault("allocator", "");
    return linked.isEmpty() || linked.equals("glibc") ? Optional.empty() : Optional.of(linked);
  }
}
