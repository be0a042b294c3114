package io.tare.model.history;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A {@code [MEMSTATS:LABEL]} line of a log.
 *
 * @param at when, where the line says so
 * @param values by the line's own keys: bytes for sizes, whatever their unit there; times in the line's unit
 */
public record LabelledReading(Optional<Instant> at, String label, Map<String, Long> values) {
  public LabelledReading {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  public OptionalLong value(String key) {
    Long value = values.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
