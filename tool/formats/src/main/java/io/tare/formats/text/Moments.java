package io.tare.formats.text;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates with times as logs write them: {@code 2026-11-21T08:03:30.044+0000}, {@code 2026-11-21 08:03:30,044}, {@code 2026/11/21 08:03:30}. */
public final class Moments {
  private static final Pattern MOMENT = Pattern
      .compile("(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,](\\d{1,9}))?"
          + "(?:Z|([+-]\\d\\d):?(\\d\\d))?");

  private Moments() {}

  /** The first moment in the line; one without a zone is taken for UTC. */
  public static Optional<Instant> first(String line) {
    Matcher parts = MOMENT.matcher(line);
    if (!parts.find()) {
      return Optional.empty();
    }
    try {
      LocalDateTime local = LocalDateTime.of(number(parts, 1), number(parts, 2), number(parts, 3), number(parts, 4),
          number(parts, 5), Math.min(59, number(parts, 6)), nanos(parts.group(7)));
      return Optional.of(local.toInstant(zone(parts)));
    } catch (DateTimeException noDate) {
      return Optional.empty();
    }
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }

  private static int nanos(String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
  }

  private static ZoneOffset zone(Matcher parts) {
    if (parts.group(8) == null) {
      return ZoneOffset.UTC;
    }
    int hours = Integer.parseInt(parts.group(8));
    int minutes = number(parts, 9);
    return ZoneOffset.ofHoursMinutes(hours, parts.group(8).startsWith("-") ? -minutes : minutes);
  }
}
