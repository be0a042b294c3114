package io.tare.probe;

import io.tare.probe.trend.Trend;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that grew with every round: a class's objects or a kind of resource. Slopes are per run of the work; the bounds of
 * the trend hold the true slope in 999 of 1000 cases.
 */
public record Growth(String what, Trend objectsPerRun, Trend bytesPerRun, Optional<String> origin) {

  public Growth withOrigin(Optional<String> newOrigin) {
    return new Growth(what, objectsPerRun, bytesPerRun, newOrigin);
  }

  @Override
  public String toString() {
    String bytes = bytesPerRun.slope() == 0
        ? ""
        : String.format(Locale.ROOT, ", %+.0f B (%.0f to %.0f)", bytesPerRun.slope(), bytesPerRun.low(),
            bytesPerRun.high());
    return String.format(Locale.ROOT, "%s: %+.2f%s per run%s", what, objectsPerRun.slope(), bytes,
        origin.map(place -> ", created at " + place).orElse(""));
  }
}
