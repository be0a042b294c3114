package io.tare.history.verdict;

import java.time.Duration;

/**
 * How a time line is judged.
 *
 * @param least the least time that a judgement rests on; shorter only where the clock of the target runs faster
 * @param byRounds whether the marks tell equal rounds of work apart, and those decide
 */
public record LeakOptions(Duration least, boolean byRounds) {
  public static final LeakOptions USUAL = new LeakOptions(Duration.ofMinutes(5), false);

  public LeakOptions resting(Duration least) {
    return new LeakOptions(least, byRounds);
  }

  public LeakOptions inRounds() {
    return new LeakOptions(least, true);
  }
}
