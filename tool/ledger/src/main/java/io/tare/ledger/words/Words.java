package io.tare.ledger.words;

import io.tare.model.ledger.ByteRange;
import java.util.Locale;
import org.jspecify.annotations.NullMarked;

/** Numbers as the sentences of verdicts say them. */
@NullMarked
public final class Words {
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Words() {}

  /** {@code 412 MB}, {@code 1.07 GB}: three digits, powers of 1,024. */
  public static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    String format = unit == 0 || Math.abs(value) >= 99.95
        ? "%.0f %s"
        : Math.abs(value) >= 9.995 ? "%.1f %s" : "%.2f %s";
    return String.format(Locale.ROOT, format, value, UNITS[unit]);
  }

  /** {@code 412 MB}, {@code ≤ 412 MB}, {@code 12.0 MB to 412 MB}: no more than is known, and one number where two would read alike. */
  public static String range(ByteRange range) {
    String least = bytes(range.leastBytes());
    String most = bytes(range.mostBytes());
    if (least.equals(most)) {
      return most;
    }
    return range.leastBytes() <= 0 ? "\u2264 " + most : least + " to " + most;
  }

  /** {@code 31 %}; below one percent with a digit more. */
  public static String share(long part, long whole) {
    if (whole <= 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    return String.format(Locale.ROOT, percent < 1 && percent > 0 ? "%.1f %%" : "%.0f %%", percent);
  }

  /** {@code 412 MB, 31 % of RSS}. */
  public static String ofRss(long part, long rss) {
    return bytes(part) + ", " + share(part, rss) + " of RSS";
  }

  /** {@code 12 s}, {@code 5 min}, {@code 3 h}, {@code 2 days}. */
  public static String age(long millis) {
    long seconds = millis / 1000;
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }
}
