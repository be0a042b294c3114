package io.tare.model.capture;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The immutable bundle of raw artefacts that one reading of one process took, in the order in which they were taken.
 *
 * <p>Everything that is ever reported of the process is a pure function of this.
 *
 * @param target whose artefacts these are
 * @param takenAt when the reading began, by the wall clock
 * @param elapsedMicros how long it took
 * @param asked the ways in which the target was asked to cooperate ({@code gc}, {@code VM.info} …); empty for a passive reading
 * @param artifacts by name
 */
public record Capture(
    Target target,
    Instant takenAt,
    long elapsedMicros,
    List<String> asked,
    Map<String, Artifact> artifacts) {
  public Capture {
    asked = List.copyOf(asked);
    artifacts = Collections.unmodifiableMap(new LinkedHashMap<>(artifacts));
  }

  /** The artefact of that name, whatever its outcome; empty when it was never wanted. */
  public Optional<Artifact> artifact(String name) {
    return Optional.ofNullable(artifacts.get(name));
  }

  /** The artefact's text, when there is some. */
  public Optional<String> text(String name) {
    return artifact(name).filter(Artifact::hasContent).map(Artifact::text);
  }
}
