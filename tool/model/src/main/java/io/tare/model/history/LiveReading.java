package io.tare.model.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a watched process is served as to others.
 *
 * @param container the short id of its container; empty where there is none
 * @param floorBytes heap in use after the last collection that was seen
 * @param alerts each rule as it was written, and whether its alarm is on
 */
public record LiveReading(RecordedProcess process, String container, Sample sample, OptionalLong floorBytes,
    Optional<Weighing> ledger,
    Map<String, Boolean> alerts) {
  public LiveReading {
    alerts = Collections.unmodifiableMap(new LinkedHashMap<>(alerts));
  }

  public LiveReading(RecordedProcess process, Sample sample, OptionalLong floorBytes, Optional<Weighing> ledger,
      Map<String, Boolean> alerts) {
    this(process, "", sample, floorBytes, ledger, alerts);
  }

  /** The same, said to be in that container. */
  public LiveReading in(String theContainer) {
    return new LiveReading(process, theContainer, sample, floorBytes, ledger, alerts);
  }
}
