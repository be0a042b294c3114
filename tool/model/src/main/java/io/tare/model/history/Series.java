package io.tare.model.history;

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
}
