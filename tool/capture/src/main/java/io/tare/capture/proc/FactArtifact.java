package io.tare.capture.proc;

import io.tare.model.capture.Artifact;
import io.tare.model.capture.Outcome;
import java.nio.charset.StandardCharsets;

/** Makes an artefact of lines of facts. */
public final class FactArtifact {
  private FactArtifact() {}

  public static Artifact taken(String name, long beganNanos, CharSequence facts) {
    return of(new Artifact.Label(name, Outcome.TAKEN, "", FileRead.microsSince(beganNanos)), facts);
  }

  public static Artifact of(Artifact.Label label, CharSequence facts) {
    return Artifact.adopting(label, facts.toString().getBytes(StandardCharsets.UTF_8));
  }
}
