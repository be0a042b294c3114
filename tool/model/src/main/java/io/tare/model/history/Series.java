package io.tare.model.history;

import java.time.Instant;
import java.util.List;

/**
 * Readings of one thing over time, oldest first; a moment at which it could not be read has no point.
 *
 * @param id
 *            an account of the chart ({@code malloc.used}) or one of {@link SeriesNames}
 */
public record Series(String id, SeriesUnit unit, List<Point> points) {
  public Series {
    points = points instanceof PointList ? points : List.copyOf(points);
  }

  /** One reading of one series. */
  public record Point(Instant at, double value) {}

  /** What the values of a series count. A counter only grows while the process lives; a fact is a setting; the others are levels. */
  public enum SeriesUnit {
    BYTES, COUNT, BYTES_COUNTER, COUNT_COUNTER, NANOS_COUNTER, FACT
  }
}
