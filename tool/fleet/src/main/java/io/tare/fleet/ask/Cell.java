package io.tare.fleet.ask;

import io.tare.report.look.Count;
import io.tare.report.look.Units;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** One value of an answer, as people read it. What it is a value of stands at the end of its column's name. */
final class Cell {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
      .withZone(ZoneOffset.UTC);

  private Cell() {}

  /** The column's name without its unit: {@code tare_b} is {@code tare}; a share says that it is one. */
  static String title(String column) {
    return column.replaceFirst("_b$", "").replaceFirst("_t$", "").replaceFirst("(^|_)per_h$", "$1per hour")
        .replaceFirst("_(min|h)$", " ($1)").replace('_', ' ');
  }

  static boolean isNumber(String column, Optional<Object> value) {
    return value.map(one -> one instanceof Number).orElse(column.matches(".*_(b|share|cost|h|min|z|t)"));
  }

  /** {@code -} for what is not known. */
  static String words(String column, Optional<Object> value, Units units) {
    return value.map(one -> one instanceof Number number ? words(column, number, units) : one.toString()).orElse("-");
  }

  private static String words(String column, Number number, Units units) {
    double value = number.doubleValue();
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return "-";
    }
    return switch (column.substring(column.lastIndexOf('_') + 1)) {
      case "b" -> units.format(Math.round(value));
      case "share" -> String.format(Locale.ROOT, "%.1f %%", value * 100);
      case "t" -> TIME.format(Instant.ofEpochSecond(number.longValue()));
      case "cost" -> String.format(Locale.ROOT, "%,.2f", value);
      case "h", "min", "z" -> String.format(Locale.ROOT, "%.1f", value);
      default -> isWhole(number) ? Count.grouped(number.longValue()) : String.format(Locale.ROOT, "%.1f", value);
    };
  }

  /** Whether the engine counts in whole numbers there. */
  static boolean isWhole(Number number) {
    return !(number instanceof Double) && !(number instanceof Float) && !(number instanceof java.math.BigDecimal);
  }
}
