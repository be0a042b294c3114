package io.tare.model.history;

import io.tare.model.history.Series.SeriesUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What moved from one weighing to another.
 *
 * @param scales RSS and the other sums
 * @param accounts what moved by more than noise, biggest first; then the rest
 * @param summary in a sentence
 * @param phases that both sides have by the labels of their marks; none unless both are recordings
 */
public record Difference(Snapshot before, Snapshot after, List<Line> scales, List<Line> accounts, String summary,
    List<String> notes, List<PhaseDifference> phases) {
  public Difference {
    scales = List.copyOf(scales);
    accounts = List.copyOf(accounts);
    notes = List.copyOf(notes);
    phases = List.copyOf(phases);
  }

  public Difference with(List<PhaseDifference> inPhases) {
    return new Difference(before, after, scales, accounts, summary, notes, inPhases);
  }

  /**
   * One account or scale; empty on the side where it is not known.
   *
   * @param change empty where it is not known on both sides: missing is not zero
   * @param moved whether the change is larger than what it varies by anyway
   */
  public record Line(String id, SeriesUnit unit, OptionalDouble before, OptionalDouble after, OptionalDouble change,
      double noise, boolean moved) {}

  /**
   * What the same phase, told by its marks, moved in two recordings.
   *
   * @param beforeBytes by how much gross changed in it, in the earlier recording
   * @param accounts where the two differ most in front
   */
  public record PhaseDifference(String fromLabel, String toLabel, long beforeBytes, long afterBytes,
      long beforeMillis, long afterMillis, List<PhaseLine> accounts) {
    public PhaseDifference {
      accounts = List.copyOf(accounts);
    }

    /** By how much an account changed in the phase; empty on a side that took no ledgers to tell by. */
    public record PhaseLine(String id, OptionalLong beforeBytes, OptionalLong afterBytes) {
      public long differenceBytes() {
        return afterBytes.orElse(0) - beforeBytes.orElse(0);
      }
    }
  }
}
