package io.tare.history.judge;

import io.tare.ledger.words.Words;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict.Rate;
import java.util.Locale;

/** AmountWords and rates in the words of sentences. */
public final class AmountWords {
  private AmountWords() {}

  /** {@code 412 MB}, or {@code 17} of something that is counted. */
  public static String of(double amount, SeriesUnit unit) {
    if (isBytes(unit)) {
      return Words.bytes(Math.round(amount));
    }
    return String.format(Locale.ROOT, Math.abs(amount) < 9.95 && amount != Math.rint(amount) ? "%.1f" : "%,.0f",
        amount);
  }

  /** {@code 31.2 MB ± 2.1 MB per hour}. */
  public static String rate(Rate rate, SeriesUnit unit, String per) {
    return of(rate.estimate(), unit) + " ± " + of(rate.error(), unit) + " per " + per;
  }

  /** {@code 45 s}, {@code 12 min}, {@code 3.5 h}, {@code 2.1 days}. */
  public static String time(double seconds) {
    if (seconds < 120) {
      return String.format(Locale.ROOT, "%.0f s", seconds);
    }
    if (seconds < 7200) {
      return String.format(Locale.ROOT, "%.0f min", seconds / 60);
    }
    return seconds < 172_800
        ? String.format(Locale.ROOT, "%.1f h", seconds / 3600)
        : String.format(Locale.ROOT, "%.1f days", seconds / 86_400);
  }

  static boolean isBytes(SeriesUnit unit) {
    return unit == SeriesUnit.BYTES || unit == SeriesUnit.BYTES_COUNTER;
  }
}
