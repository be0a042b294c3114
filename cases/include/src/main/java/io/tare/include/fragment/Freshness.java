package io.tare.include.fragment;

import io.tare.include.http.Head;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a fragment may be used, and how much longer when its origin fails; 0 for not at all. */
public record Freshness(long freshMillis, long staleMillis) {
  private static final Pattern SHARED_AGE = Pattern.compile("s-maxage=(\\d{1,9})");
  private static final Pattern AGE = Pattern.compile("max-age=(\\d{1,9})");
  private static final Pattern STALE = Pattern.compile("stale-if-error=(\\d{1,9})");
  private static final Pattern FORBIDDEN = Pattern.compile("no-store|no-cache|private");

  /** As Cache-Control says, else what is usual here. */
  static Freshness of(Head answer, Freshness usual) {
    String control = answer.field("cache-control").orElse("").toLowerCase(Locale.ROOT);
    if (FORBIDDEN.matcher(control).find()) {
      return new Freshness(0, 0);
    }
    long fresh = millis(SHARED_AGE, control).or(() -> millis(AGE, control)).orElse(usual.freshMillis());
    return new Freshness(fresh, millis(STALE, control).orElse(usual.staleMillis()));
  }

  private static Optional<Long> millis(Pattern pattern, String control) {
    Matcher found = pattern.matcher(control);
    return found.find() ? Optional.of(Long.parseLong(found.group(1)) * 1_000) : Optional.empty();
  }
}
