package io.tare.probe.leftovers;

import java.time.Duration;
import java.util.List;

/**
 * How the leak protocol runs: measured rounds, rounds before them that may fill caches, how long threads get to end after a
 * round, whether a leak's place of birth is looked for by JFR, how often the work runs between two counts, and what may grow.
 *
 * @param runsPerRound runs of the work in a round; 0 for as many as fit into a second in all, {@value #MOST_RUNS_PER_ROUND} at most, fewer
 *     where the work takes much memory or starts threads
 * @param ignored declared caches: a class ({@code com.acme.Cache}), a field of one ({@code com.acme.Orders.SEEN}), or a package
 *     ({@code com.acme.cache.*}); what grows and is held by way of it is no leak
 */
public record LeakOptions(int rounds, int warmUpRounds, Duration settle, boolean findOrigins, int runsPerRound,
    List<String> ignored) {
  /** The most runs between two counts that the protocol chooses by itself. */
  public static final int MOST_RUNS_PER_ROUND = 200;

  public LeakOptions {
    if (rounds < 1 || warmUpRounds < 0) {
      throw new IllegalArgumentException("rounds must be positive");
    }
    if (runsPerRound < 0) {
      throw new IllegalArgumentException("runs per round must be positive, or 0 to let the protocol choose");
    }
    ignored = List.copyOf(ignored);
  }

  public LeakOptions(int rounds, int warmUpRounds, Duration settle, boolean findOrigins) {
    this(rounds, warmUpRounds, settle, findOrigins, 0, List.of());
  }

  public static LeakOptions ofRounds(int rounds) {
    return new LeakOptions(rounds, 5, Duration.ofMillis(500), true);
  }

  /** The same with so many runs of the work between two counts. */
  public LeakOptions withRunsPerRound(int runs) {
    return new LeakOptions(rounds, warmUpRounds, settle, findOrigins, runs, ignored);
  }

  /** The same with these declared caches. */
  public LeakOptions ignoring(List<String> caches) {
    return new LeakOptions(rounds, warmUpRounds, settle, findOrigins, runsPerRound, caches);
  }
}
