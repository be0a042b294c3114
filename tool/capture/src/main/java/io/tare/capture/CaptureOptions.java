package io.tare.capture;

import io.tare.capture.attach.Ask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How a reading is made.
 *
 * @param procRoot where /proc is; another root than the live one is a captured tree, of which nothing is asked
 * @param systemRoot the folder below which the mount points of the memory groups lie
 * @param asks in which ways the target is asked to cooperate; empty for a reading that it cannot notice
 * @param budget when this time is used up, what is not taken yet is skipped, with a note
 * @param answerTime how long one answer of the target may take
 * @param extent whether what only a report tells is read, too
 * @param grace how much longer than its budget a reading may take before it is given up: then a read hangs
 */
public record CaptureOptions(Path procRoot, Path systemRoot, Set<Ask> asks, Duration budget, Duration answerTime,
    Duration grace, Extent extent) {
  public static final CaptureOptions PASSIVE = new CaptureOptions(Path.of("/proc"), Path.of("/"), Set.of(),
      Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(15), Extent.REPORT);
  private static final int MOST_ANSWERS_TO_AN_ASK = 7;

  /** How much is read. */
  public enum Extent {
    /** All that is told of a process. */
    REPORT,
    /** What the ledger and the net are made from: not its settings, nor the groups and the machine that it lives in. */
    LEDGER
  }

  public CaptureOptions {
    asks = Set.copyOf(asks);
  }

  public CaptureOptions asking(Set<Ask> more) {
    return new CaptureOptions(procRoot, systemRoot, more, budget, answerTime, grace, extent);
  }

  public CaptureOptions within(Duration newBudget) {
    return new CaptureOptions(procRoot, systemRoot, asks, newBudget, answerTime, grace, extent);
  }

  public CaptureOptions at(Path newProcRoot, Path newSystemRoot) {
    return new CaptureOptions(newProcRoot, newSystemRoot, asks, budget, answerTime, grace, extent);
  }

  public CaptureOptions withGrace(Duration newGrace) {
    return new CaptureOptions(procRoot, systemRoot, asks, budget, answerTime, newGrace, extent);
  }

  public CaptureOptions of(Extent newExtent) {
    return new CaptureOptions(procRoot, systemRoot, asks, budget, answerTime, grace, newExtent);
  }

  /** When a reading that has not ended is given up. */
  public Duration limit() {
    return budget.plus(grace).plus(answerTime.multipliedBy((long) asks.size() * MOST_ANSWERS_TO_AN_ASK));
  }
}
