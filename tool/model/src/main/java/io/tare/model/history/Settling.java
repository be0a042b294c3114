package io.tare.model.history;

import io.tare.model.history.SeriesVerdict.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a process gives back after its load has ended, and when.
 *
 * @param loadEnded when
 * @param how the end was found, in words
 */
public record Settling(Instant loadEnded, String how, List<Line> lines) {
  public Settling {
    lines = List.copyOf(lines);
  }

  /** How the steady state is known. */
  public enum Basis {
    MEASURED, PREDICTED, CANNOT_TELL
  }

  /**
   * One account.
   *
   * @param atEndOfLoad bytes when the load ended
   * @param last bytes at the end of the time line
   * @param halfLife until half of what came back was back; empty where nothing came back
   * @param steady where it settles, with bounds; empty where that can't be told
   */
  public record Line(String id, double atEndOfLoad, double last, Optional<Duration> halfLife, Basis basis,
      Optional<Rate> steady) {
    public double returned() {
      return atEndOfLoad - last;
    }
  }
}
