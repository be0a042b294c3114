package io.tare.model.report;

import java.util.List;

/** What looking cost the target: growth of its RSS between the first and the last look, time, and what was asked of it. */
public record Observer(long rssDeltaBytes, long millis, List<String> asked) {
  public Observer {
    asked = List.copyOf(asked);
  }
}
