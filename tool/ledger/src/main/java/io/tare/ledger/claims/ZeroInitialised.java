package io.tare.ledger.claims;

import io.tare.model.proc.Mapping;
import io.tare.model.proc.Smaps;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Anonymous mappings that start where a library's writable data ends: its {@code .bss}. */
record ZeroInitialised(Set<Mapping> mappings) {

  static ZeroInitialised of(Smaps smaps, FileOwners files) {
    Set<Mapping> found = Collections.newSetFromMap(new IdentityHashMap<>());
    Mapping previous = null;
    boolean behindData = false;
    for (Mapping mapping : smaps.mappings()) {
      boolean adjacent = previous != null && previous.range().end() == mapping.range().start();
      if (mapping.name().isEmpty() && adjacent && behindData && mapping.isWritable()) {
        found.add(mapping);
        behindData = false;
      } else {
        behindData = files.isProgram(mapping) && mapping.isWritable();
      }
      previous = mapping;
    }
    return new ZeroInitialised(found);
  }

  boolean contains(Mapping mapping) {
    return mappings.contains(mapping);
  }
}
