package io.tare.probe;

import java.time.Duration;

/**
 * How the leak protocol runs: measured rounds, rounds before them that may fill caches, how long threads get to end after a
 * round, and whether a leak's place of birth is looked for by JFR.
 */
public record LeakOptions(int rounds, int warmUpRounds, Duration settle, boolean findOrigins) {

  public LeakOptions {
    if (rounds < 1 || warmUpRounds < 0) {
      throw new IllegalArgumentException("rounds must be positive");
    }
  }

  public static LeakOptions ofRounds(int rounds) {
    return new LeakOptions(rounds, 5, Duration.ofMillis(500), true);
  }
}
