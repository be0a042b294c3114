package io.tare.model.history;

import io.tare.model.history.Series.SeriesUnit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one series did, and what that means.
 *
 * @param first level at the start of the time judged
 * @param last level at its end
 * @param perHour how fast it changes; empty where too little is known to say
 * @param from since when it was judged: what came before is warm-up, or another level
 * @param needs how much more time would settle it; empty unless the direction is unknown
 * @param words what was seen, in a sentence
 */
public record SeriesVerdict(String id, SeriesUnit unit, LeakRole charge, Direction direction, double first, double last,
    Optional<Rate> perHour, Instant from, Optional<Duration> needs, String words) {
  public boolean isLeak() {
    return direction == Direction.GROWING && (charge == LeakRole.NET || charge == LeakRole.COUNT);
  }

  /** How much it changed over the time judged. */
  public double change() {
    return last - first;
  }

  /** Where a series is going. */
  public enum Direction {
    GROWING, STEADY, FALLING, UNKNOWN
  }

  /** What growth of a series means. */
  public enum LeakRole {
    /** The program's own memory in use: growth without end is a leak. */
    NET,
    /** Things that are counted: threads, classes, descriptors. Growth without end is a leak. */
    COUNT,
    /** In use or idle can't be told apart: growth is told, and settles nothing. */
    UNCLEAR,
    /** Everything else: growth is told as what it is, and never makes a leak. */
    TARE
  }

  /**
   * How fast something changes: the estimate, and the bounds that the truth lies between with high confidence.
   *
   * <p>Bytes or things, per hour, per round or per item; whoever holds it says which.
   */
  public record Rate(double estimate, double low, double high) {
    /** Half the width of the interval: the e of {@code R ± e}. */
    public double error() {
      return Math.max(high - estimate, estimate - low);
    }
  }
}
