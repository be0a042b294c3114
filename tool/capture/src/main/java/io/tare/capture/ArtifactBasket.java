package io.tare.capture;

import io.tare.model.capture.Artifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects artefacts in the order in which they are taken. */
final class ArtifactBasket {
  private final Map<String, Artifact> artifacts = new LinkedHashMap<>();

  void add(Artifact artifact) {
    artifacts.put(artifact.name(), artifact);
  }

  void addAll(List<Artifact> more) {
    more.forEach(this::add);
  }

  Map<String, Artifact> artifacts() {
    return artifacts;
  }
}
