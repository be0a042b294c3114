package io.tare.model.history;

import java.util.List;
import java.util.OptionalDouble;

/**
 * One thing on the screen of {@code tare watch}.
 *
 * @param id an account, or a series
 * @param value bytes, or a count
 * @param change since the watch began
 * @param perHour how fast it grows, when there are enough readings to tell
 * @param recent readings, the oldest first, evenly spaced
 */
public record WatchRow(String id, long value, long change, OptionalDouble perHour, List<Double> recent) {
  public WatchRow {
    recent = List.copyOf(recent);
  }
}
