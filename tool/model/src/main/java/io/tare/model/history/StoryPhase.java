package io.tare.model.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What happened from one mark to the next, or in all such stretches together.
 *
 * @param fromLabel the mark that it begins with; empty for the beginning of the recording
 * @param toLabel the mark that ends it; empty for the end of the recording
 * @param times how many stretches of that name are summed up here
 * @param lengthMillis of all of them
 * @param items how many were done in it, when the marks count
 * @param peakBytes the highest gross seen in it
 * @param changes by account, the biggest first; empty when no two ledgers tell
 */
public record StoryPhase(String fromLabel, String toLabel, int times, Instant from, long lengthMillis,
    OptionalLong items, long grossBeforeBytes, long grossAfterBytes, long peakBytes, OptionalLong floorChangeBytes,
    OptionalLong threadsChange, Optional<GcLoad> gc, List<AccountChange> changes) {
  /** Stands in {@code changes} for what moved while no ledger was taken. */
  public static final String NOT_WEIGHED = "not-weighed";

  public StoryPhase {
    changes = List.copyOf(changes);
  }

  public long grossChangeBytes() {
    return grossAfterBytes - grossBeforeBytes;
  }
}
