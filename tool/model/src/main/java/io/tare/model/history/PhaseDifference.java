package io.tare.model.history;

import java.util.List;
import java.util.OptionalLong;

/**
 * What the same phase, told by its marks, moved in two recordings.
 *
 * @param beforeBytes by how much gross changed in it, in the earlier recording
 * @param accounts where the two differ most in front
 */
public record PhaseDifference(String fromLabel, String toLabel, long beforeBytes, long afterBytes,
    long beforeMillis, long afterMillis, List<Line> accounts) {
  public PhaseDifference {
    accounts = List.copyOf(accounts);
  }

  /** By how much an account changed in the phase; empty on a side that took no ledgers to tell by. */
  public record Line(String id, OptionalLong beforeBytes, OptionalLong afterBytes) {
    public long differenceBytes() {
      return afterBytes.orElse(0) - beforeBytes.orElse(0);
    }
  }
}
