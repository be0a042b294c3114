package io.tare.model.jvm;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** hsperfdata: the counters that a HotSpot JVM keeps in a file for anyone to read. Values are longs or strings. */
public record PerfData(Map<String, Object> counters) {
  public PerfData {
    counters = Map.copyOf(counters);
  }

  public OptionalLong number(String name) {
    return counters.get(name) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
  }

  public Optional<String> string(String name) {
    return counters.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
  }
}
