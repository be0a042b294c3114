package io.tare.include.fragment;

import io.tare.include.http.Head;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a fragment may be used: as it is, then while a new one is fetched, and (counted from the same moment) when its origin
 * fails; 0 for not at all.
 */
public record Freshness(long freshMillis, long revalidateMillis, long staleMillis) {
  private static final Pattern SHARED_AGE = Pattern.compile("s-maxage=\"?(\\d{1,9})");
  private static final Pattern AGE = Pattern.compile("max-age=\"?(\\d{1,9})");
  private static final Pattern REVALIDATE = Pattern.compile("stale-while-revalidate=\"?(\\d{1,9})");
  private static final Pattern STALE = Pattern.compile("stale-if-error=\"?(\\d{1,9})");
  private static final Pattern FORBIDDEN = Pattern.compile("no-store|no-cache|private");
  private static final Pattern NEVER_STALE = Pattern.compile("must-revalidate|proxy-revalidate");

  /** As Cache-Control says, less the time that it lay in a cache before, else what is usual here. */
  static Freshness of(Head answer, Freshness usual) {
    String control = String.join(",", answer.all("cache-control")).toLowerCase(Locale.ROOT);
    if (FORBIDDEN.matcher(control).find()) {
      return new Freshness(0, 0, 0);
    }
    long fresh = millis(SHARED_AGE, control).or(() -> millis(AGE, control)).orElse(usual.freshMillis());
    long age = answer.field("age").filter(text -> text.matches("\\d{1,9}")).map(Long::parseLong).orElse(0L) * 1_000;
    if (NEVER_STALE.matcher(control).find()) {
      return new Freshness(fresh - age, 0, 0);
    }
    return new Freshness(fresh - age, millis(REVALIDATE, control).orElse(usual.revalidateMillis()),
        millis(STALE, control).orElse(usual.staleMillis()));
  }

  private static Optional<Long> millis(Pattern pattern, String control) {
    Matcher found = pattern.matcher(control);
    return found.find() ? Optional.of(Long.parseLong(found.group(1)) * 1_000) : Optional.empty();
  }
}
