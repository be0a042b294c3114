package io.tare.report.words;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A moment as a heading prints it: in UTC, so that a capture reads the same on every machine. */
public final class When {
  private When() {}

  /** {@code 2026-11-03 14:05:09 UTC}. */
  public static String utc(Instant moment) {
    String iso = moment.truncatedTo(ChronoUnit.SECONDS).toString();
    return iso.replace('T', ' ').replace("Z", " UTC");
  }
}
