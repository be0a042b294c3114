package io.tare.history.verdict;

import io.tare.history.trend.Margin;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import java.time.Duration;

/** How much growth matters, by what is counted. */
final class Margins {
  private static final double BYTES = 1 << 20;
  private static final double SHARE = 0.002;
  private static final double CLEAR = 0.35;
  /** What a collection leaves does not hang together with what the last one left: chance looks less like growth. */
  private static final double CLEAR_OF_HEAP = 0.25;

  private Margins() {}

  static Margin of(String id, SeriesUnit unit, Duration least) {
    double seconds = least.toMillis() / 1e3;
    if (unit == SeriesUnit.BYTES) {
      return new Margin(BYTES, SHARE, seconds, id.equals(LeakRoles.HEAP) ? CLEAR_OF_HEAP : CLEAR);
    }
    return new Margin(id.equals(SeriesNames.CLASSES) ? 40 : 4, SHARE, seconds, CLEAR);
  }
}
