package io.tare.report.words;

import io.tare.model.history.Rate;
import io.tare.model.history.SeriesUnit;

/** Levels of series and how fast they change. */
public record Levels(Units units) {
  /** {@code 412 MB}; of things that are counted, their number. */
  public String level(double value, SeriesUnit unit) {
    return isBytes(unit) ? units.format(Math.round(value)) : count(value);
  }

  public String signed(double value, SeriesUnit unit) {
    String size = level(Math.abs(value), unit);
    return (value < 0 ? "\u2212" : "+") + size;
  }

  /** {@code 31.2 MB ± 2.10 MB}. */
  public String rate(Rate rate, SeriesUnit unit) {
    return level(rate.estimate(), unit) + " ± " + level(rate.error(), unit);
  }

  private static String count(double value) {
    long tenths = Math.round(value * 10);
    return Math.abs(value) < 10 && tenths % 10 != 0
        ? tenths / 10 + "." + Math.abs(tenths % 10)
        : Count.grouped(Math.round(value));
  }

  private static boolean isBytes(SeriesUnit unit) {
    return unit == SeriesUnit.BYTES || unit == SeriesUnit.BYTES_COUNTER;
  }
}
