package io.tare.model.profile;

import java.util.List;
import java.util.Optional;

/**
 * What a runtime tells of who allocated its memory.
 *
 * @param heap the runtime's own heap profile; empty when it keeps none
 */
public record Allocations(Optional<Profile> heap, List<GoroutineGroup> goroutines) {
  public Allocations {
    goroutines = List.copyOf(goroutines);
  }
}
