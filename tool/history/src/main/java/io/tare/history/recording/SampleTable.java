package io.tare.history.recording;

import io.tare.model.history.PointList;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.util.Arrays;

/** The cheap readings of one process, a column a number: a day of them is small and quick to walk. */
public final class SampleTable {
  private static final SampleColumn[] COLUMNS = SampleColumn.values();
  private static final int FIRST_ROWS = 256;

  private long[] epochMillis = new long[FIRST_ROWS];
  private final double[][] columns = new double[COLUMNS.length][FIRST_ROWS];
  private final int[] known = new int[COLUMNS.length];
  private int rows;

  void add(long atMillis, long[] values) {
    if (rows == epochMillis.length) {
      epochMillis = Arrays.copyOf(epochMillis, rows * 2);
      for (int i = 0; i < columns.length; i++) {
        columns[i] = Arrays.copyOf(columns[i], rows * 2);
      }
    }
    epochMillis[rows] = atMillis;
    for (int i = 0; i < columns.length; i++) {
      boolean isKnown = values[i] != Sample.UNKNOWN;
      columns[i][rows] = isKnown ? values[i] : Double.NaN;
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
    return columns[column.index()][row];
  }

  public boolean has(SampleColumn column) {
    return known[column.index()] > 0;
  }

  /** The column's readings; moments at which it was not known have no point. */
  public PointList points(SampleColumn column) {
    double[] all = columns[column.index()];
    int count = known[column.index()];
    if (count == rows) {
      return new PointList(Arrays.copyOf(epochMillis, rows), Arrays.copyOf(all, rows));
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
