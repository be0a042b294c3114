package io.tare.probe.leftovers;

import io.tare.probe.trend.Trend;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that grew with every round: a class's objects or a kind of resource. Slopes are per run of the work; the bounds of
 * the trend hold the true slope in 999 of 1000 cases. The holders are paths from a root, the one with most of the growth first.
 */
public record Growth(String what, Trend objectsPerRun, Trend bytesPerRun, Optional<String> origin,
    List<String> holders) {

  public Growth {
    holders = List.copyOf(holders);
  }

  public Growth(String what, Trend objectsPerRun, Trend bytesPerRun, Optional<String> origin) {
    this(what, objectsPerRun, bytesPerRun, origin, List.of());
  }

  public Growth withOrigin(Optional<String> newOrigin) {
    return new Growth(what, objectsPerRun, bytesPerRun, newOrigin, holders);
  }

  public Growth withHolders(List<String> newHolders) {
    return new Growth(what, objectsPerRun, bytesPerRun, origin, newHolders);
  }

  @Override
  public String toString() {
    String bytes = bytesPerRun.slope() == 0
        ? ""
        : String.format(Locale.ROOT, ", %+.0f B (%.0f to %.0f)", bytesPerRun.slope(), bytesPerRun.low(),
            bytesPerRun.high());
    boolean seldom = objectsPerRun.slope() > 0 && objectsPerRun.slope() < 0.095;
    return String.format(Locale.ROOT, seldom ? "%s: %+.4f%s per run%s" : "%s: %+.2f%s per run%s", what,
        objectsPerRun.slope(), bytes,
        origin.map(place -> ", created at " + place).orElse(""))
        + (holders.isEmpty() ? "" : "\n    held by " + String.join("\n    and by ", holders));
  }
}
