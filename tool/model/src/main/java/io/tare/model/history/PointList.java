package io.tare.model.history;

import io.tare.model.history.Series.Point;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Points kept as two columns of numbers: a day of readings every second is a million of them. A point is made when it is asked for.
 */
public final class PointList extends AbstractList<Point> implements RandomAccess {
  private final long[] epochMillis;
  private final double[] values;
  private final int size;

  /** Takes both columns over: they must not be changed any more. */
  public PointList(long[] epochMillis, double[] values) {
    this(epochMillis, values, values.length);
    if (epochMillis.length != values.length) {
      throw new IllegalArgumentException(epochMillis.length + " moments, but " + values.length + " values");
    }
  }

  /** The first rows of both columns, which must not be changed any more. */
  public PointList(long[] epochMillis, double[] values, int size) {
    this.epochMillis = epochMillis;
    this.values = values;
    Objects.checkFromIndexSize(0, size, Math.min(epochMillis.length, values.length));
    this.size = size;
  }

  @Override
  public Point get(int index) {
    Objects.checkIndex(index, size);
    return new Point(Instant.ofEpochMilli(epochMillis[index]), values[index]);
  }

  @Override
  public int size() {
    return size;
  }

  public long epochMillis(int index) {
    return epochMillis[index];
  }

  public double value(int index) {
    return values[index];
  }
}
