package io.tare.model.history;

import java.util.List;
import java.util.Optional;

/**
 * A run of equal rounds of work, each measured at the same mark after a collection.
 *
 * @param label the mark at which the rounds are compared
 * @param count how many rounds were compared; the first one is warm-up and not among them
 */
public record Rounds(String label, int count, List<Remainder> remainders) {
  public Rounds {
    remainders = List.copyOf(remainders);
  }

  /**
   * What a round leaves behind of one series.
   *
   * @param perRound what did not come back: the median round, the least and the most
   * @param perItem the same per item processed, where the marks count items
   * @param direction growing when every round left something; steady when nothing, or as much as before, stayed
   */
  public record Remainder(String id, SeriesUnit unit, LeakRole charge, Rate perRound, Optional<Double> perItem,
      Direction direction) {}
}
