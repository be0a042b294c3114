package io.tare.model.history;

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
}
