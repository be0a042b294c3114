package io.tare.history.recording;

import io.tare.model.history.PointList;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.util.Arrays;

/** The cheap readings of one process, a column a number: a day of them is small and quick to walk. */
public final class SampleTable {
  private static final SampleColumn[] COLUMNS = SampleColumn.values();
  private static final int FIRST_ROWS = 16;

  private long[] epochMillis = new long[FIRST_ROWS];
  private static final double[] NOTHING = {};

  /** By column; empty as long as it was never known. */
  private final double[][] columns = new double[COLUMNS.length][];
  private final int[] known = new int[COLUMNS.length];
  private int rows;

  SampleTable() {
    Arrays.fill(columns, NOTHING);
  }

  void add(long atMillis, long[] values) {
    if (rows == epochMillis.length) {
      epochMillis = Arrays.copyOf(epochMillis, rows * 2);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = columns[i].length == 0 ? NOTHING : Arrays.copyOf(columns[i], rows * 2);
      }
    }
    epochMillis[rows] = atMillis;
    for (int i = 0; i < columns.length; i++) {
      boolean isKnown = values[i] != Sample.UNKNOWN;
      if (isKnown && columns[i].length == 0) {
        columns[i] = new double[epochMillis.length];
        Arrays.fill(columns[i], 0, rows, Double.NaN);
      }
      if (columns[i].length > 0) {
        columns[i][rows] = isKnown ? values[i] : Double.NaN;
      }
      known[i] += isKnown ? 1 : 0;
    }
    rows++;
  }

  public int size() {
    return rows;
  }

  public long epochMillis(int row) {
    return epochMillis[row];
  }

  /** Not a number where it was not known. */
  public double value(SampleColumn column, int row) {
    double[] values = columns[column.index()];
    return values.length == 0 ? Double.NaN : values[row];
  }

  public boolean has(SampleColumn column) {
    return known[column.index()] > 0;
  }

  /** The column's readings; moments at which it was not known have no point. */
  public PointList points(SampleColumn column) {
    double[] all = columns[column.index()];
    int count = known[column.index()];
    if (count == 0) {
      return new PointList(new long[0], NOTHING);
    }
    if (count == rows) {
      // Rows that are there never change: the list shares them.
      return new PointList(epochMillis, all, rows);
    }
    long[] moments = new long[count];
    double[] values = new double[count];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      if (!Double.isNaN(all[row])) {
        moments[next] = epochMillis[row];
        values[next++] = all[row];
      }
    }
    return new PointList(moments, values);
  }
}
