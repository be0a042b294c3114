package io.tare.fleet.ask;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Of when a question is, and by which values it reckons; puts them into its text as literals, for engines prune files by them.
 *
 * @param now the newest ledger, in seconds since 1970: what was a fleet can be asked as if it were that day
 */
public record Window(long now, Duration since, double price, double headroom) {
  private static final int DAY_SECONDS = 86_400;

  public LocalDate from() {
    return day(now - since.toSeconds() + 1);
  }

  public LocalDate to() {
    return day(now);
  }

  private static LocalDate day(long second) {
    return LocalDate.ofEpochDay(Math.floorDiv(second, DAY_SECONDS));
  }

  /** The same with less of the past, where there are no ledgers of all of it: means are over what was seen. */
  public Window atMost(long firstSecond) {
    long seconds = Math.max(60, now - firstSecond + 60);
    return seconds >= since.toSeconds() ? this : new Window(now, Duration.ofSeconds(seconds), price, headroom);
  }

  /** The question with its values. */
  public String fill(String sql) {
    String days = "day >= DATE '" + from() + "' AND day <= DATE '" + to() + "'";
    String lastDays = "day >= DATE '" + day(now - DAY_SECONDS + 1) + "' AND day <= DATE '" + to() + "'";
    long from = now - since.toSeconds();
    return sql.replace("${within}", days + " AND t > " + from + " AND t <= " + now).replace("${days}", days)
        .replace("${last_day}", lastDays + " AND t > " + (now - DAY_SECONDS) + " AND t <= " + now)
        .replace("${seen_last_day}", lastDays + " AND last_t > " + (now - DAY_SECONDS)).replace("${now}", now + "")
        .replace("${window_s}", since.toSeconds() + "e0").replace("${price}", literal(price))
        .replace("${headroom}", literal(headroom));
  }

  /** A double in words that every engine reads as one. */
  private static String literal(double value) {
    return String.format(Locale.ROOT, "%.9e", value);
  }
}
