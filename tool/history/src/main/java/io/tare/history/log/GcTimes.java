package io.tare.history.log;

import io.tare.model.jvm.GcEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** When events happened: by the wall clock, or by the JVM's own since its start. */
final class GcTimes {
  private GcTimes() {}

  /** Files of a rotated log may have been given in any order. */
  static List<GcEvent> inOrder(List<GcEvent> events) {
    boolean timed = events.stream().allMatch(event -> of(event).isPresent());
    return timed
        ? events.stream().sorted(Comparator.comparing(event -> of(event).orElse(Instant.EPOCH))).toList()
        : events;
  }

  /** Where only the uptime is known, the start of the JVM is taken for the start of 1970. */
  static Optional<Instant> of(GcEvent event) {
    if (event.at().isPresent()) {
      return event.at();
    }
    return event.uptimeSeconds().isPresent()
        ? Optional.of(Instant.ofEpochMilli(Math.round(event.uptimeSeconds().getAsDouble() * 1000)))
        : Optional.empty();
  }

  static double secondsBetween(Instant from, Instant to) {
    return (to.toEpochMilli() - from.toEpochMilli()) / 1e3;
  }
}
