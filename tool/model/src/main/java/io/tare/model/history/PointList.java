package io.tare.model.history;

import java.time.Instant;
import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * Points kept as two columns of numbers: a day of readings every second is a million of them. A point is made when it is asked for.
 */
public final class PointList extends AbstractList<Point> implements RandomAccess {
  private final long[] epochMillis;
  private final double[] values;

  /** Takes both columns over: they must not be changed any more. */
  public PointList(long[] epochMillis, double[] values) {
    if (epochMillis.length != values.length) {
      throw new IllegalArgumentException(epochMillis.length + " moments, but " + values.length + " values");
    }
    this.epochMillis = epochMillis;
    this.values = values;
  }

  @Override
  public Point get(int index) {
    return new Point(Instant.ofEpochMilli(epochMillis[index]), values[index]);
  }

  @Override
  public int size() {
    return values.length;
  }

  public long epochMillis(int index) {
    return epochMillis[index];
  }

  public double value(int index) {
    return values[index];
  }
}
