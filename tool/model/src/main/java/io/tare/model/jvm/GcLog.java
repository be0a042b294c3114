package io.tare.model.jvm;

import java.util.List;

/**
 * A collection log.
 *
 * @param collector as the log names it; empty where the part with the name is not there
 * @param version of the JVM, where the log tells it
 * @param cpuSeconds processor time of the collections, where the log has it; zero otherwise
 */
public record GcLog(String collector, String version, List<GcEvent> events, double cpuSeconds) {
  public GcLog {
    events = List.copyOf(events);
  }
}
