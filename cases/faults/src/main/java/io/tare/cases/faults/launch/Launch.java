package io.tare.cases.faults.launch;

import java.util.List;
import java.util.Map;

/** A command that starts a fault, ready to run. */
public record Launch(List<String> command, Map<String, String> environment) {
  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
