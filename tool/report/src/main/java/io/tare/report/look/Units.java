package io.tare.report.look;

import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.ledger.ByteRange;
import java.util.OptionalLong;

/**
 * How bytes are written for people: three significant digits and a unit. Levels of series that count other things are written as
 * numbers.
 */
public enum Units {
  /** Powers of 1024, named as JVM flags and container limits name them. */
  BINARY(1024, "B KB MB GB TB PB EB"),
  /** Powers of 1024, with the names of the standard. */
  IEC(1024, "B KiB MiB GiB TiB PiB EiB"),
  /** Powers of 1000. */
  SI(1000, "B kB MB GB TB PB EB");

  private static final int LARGEST = 6;

  private final int base;
  private final String names;

  Units(int base, String names) {
    this.base = base;
    this.names = names;
  }

  /** {@code 3.01 GB}, {@code 412 MB}, {@code 12.0 KB}, {@code 17 B}; a minus for what is below zero. */
  public String format(long bytes) {
    if (bytes < 0) {
      return "\u2212" + format(bytes == Long.MIN_VALUE ? Long.MAX_VALUE : -bytes);
    }
    if (bytes < base) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = 0;
    do {
      value /= base;
      unit++;
    } while (Math.round(value) >= base && unit < LARGEST);
    return threeDigits(value) + " " + names.split(" ")[unit];
  }

  /** As {@link #format}, with a plus for what is not below zero. */
  public String formatSigned(long bytes) {
    return bytes < 0 ? format(bytes) : "+" + format(bytes);
  }

  /** {@code -} for what is not known. */
  public String format(OptionalLong bytes) {
    return bytes.isPresent() ? format(bytes.getAsLong()) : "-";
  }

  /**
   * {@code 412 MB}, {@code ≤ 412 MB}, {@code 12.0 MB to 412 MB}: no more than is known, one number where two would read alike, and no
   * least that is nothing beside the most.
   */
  public String format(ByteRange range) {
    String least = format(range.leastBytes());
    String most = format(range.mostBytes());
    if (least.equals(most)) {
      return most;
    }
    return Count.isNextToNothing(range.leastBytes(), range.mostBytes()) ? "\u2264 " + most : least + " to " + most;
  }

  /**
   * As {@link #format(ByteRange)}, of what is left of a whole: {@code ≥ 412 MB} where all of the whole may be left, and one number
   * where what was taken reads as one.
   */
  public String formatRest(ByteRange taken, long whole) {
    ByteRange rest = taken.takenFrom(whole);
    if (format(taken.leastBytes()).equals(format(taken.mostBytes()))) {
      return format(rest.leastBytes());
    }
    return Count.isNextToNothing(whole - rest.mostBytes(), taken.mostBytes())
        ? "\u2265 " + format(rest.leastBytes())
        : format(rest);
  }

  /** {@code 412 MB}; of things that are counted, their number. */
  public String level(double value, SeriesUnit unit) {
    return isBytes(unit) ? format(Math.round(value)) : count(value);
  }

  /** As {@link #level}, always with a sign. */
  public String signedLevel(double value, SeriesUnit unit) {
    return (value < 0 ? "\u2212" : "+") + level(Math.abs(value), unit);
  }

  /** {@code 31.2 MB ± 2.10 MB}. */
  public String rate(Rate rate, SeriesUnit unit) {
    return level(rate.estimate(), unit) + " ± " + level(rate.error(), unit);
  }

  private static String threeDigits(double value) {
    long hundredths = Math.round(value * 100);
    if (hundredths < 1000) {
      return hundredths / 100 + "." + hundredths / 10 % 10 + hundredths % 10;
    }
    long tenths = Math.round(value * 10);
    return tenths < 1000 ? tenths / 10 + "." + tenths % 10 : Long.toString(Math.round(value));
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
