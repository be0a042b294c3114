package io.tare.model.history;

import java.util.Arrays;
import java.util.OptionalLong;

/** One cheap reading of one process: a number for each {@link SampleColumn}, as far as it could be read. */
public final class Sample {
  /** Stands for a column that could not be read: missing is not zero. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private static final int COLUMNS = SampleColumn.values().length;

  private final long epochMillis;
  private final long[] values;

  private Sample(long epochMillis, long[] values) {
    this.epochMillis = epochMillis;
    this.values = values;
  }

  /** A reading of these values, in the order of the columns; what is not there is unknown. */
  public static Sample of(long epochMillis, long[] values) {
    long[] all = Arrays.copyOf(values, COLUMNS);
    if (values.length < COLUMNS) {
      Arrays.fill(all, values.length, COLUMNS, UNKNOWN);
    }
    return new Sample(epochMillis, all);
  }

  /** The same reading with one number more. */
  public Sample with(SampleColumn column, long value) {
    long[] more = values.clone();
    more[column.index()] = value;
    return new Sample(epochMillis, more);
  }

  public static long[] noValues() {
    long[] values = new long[COLUMNS];
    Arrays.fill(values, UNKNOWN);
    return values;
  }

  public long epochMillis() {
    return epochMillis;
  }

  public boolean has(SampleColumn column) {
    return values[column.index()] != UNKNOWN;
  }

  /** The plain number, or {@link #UNKNOWN}. */
  public long raw(SampleColumn column) {
    return values[column.index()];
  }

  public OptionalLong get(SampleColumn column) {
    long value = raw(column);
    return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sample sample && sample.epochMillis == epochMillis && Arrays.equals(sample.values, values);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(epochMillis) * 31 + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Sample at " + epochMillis + " " + Arrays.toString(values);
  }
}
