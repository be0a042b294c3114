package io.tare.model.history;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What moved from one weighing to another.
 *
 * @param scales RSS and the other sums
 * @param accounts what moved by more than noise, biggest first; then the rest
 * @param summary in a sentence
 */
public record Difference(Side before, Side after, List<Line> scales, List<Line> accounts, String summary,
    List<String> notes) {
  public Difference {
    scales = List.copyOf(scales);
    accounts = List.copyOf(accounts);
    notes = List.copyOf(notes);
  }

  /**
   * One account or scale; empty on the side that does not have it.
   *
   * @param moved whether the change is larger than what it varies by anyway
   */
  public record Line(String id, SeriesUnit unit, OptionalDouble before, OptionalDouble after, double change,
      double noise, boolean moved) {}
}
