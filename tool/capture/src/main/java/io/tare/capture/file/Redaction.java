package io.tare.capture.file;

import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes folders out of a capture. Environment, arguments and user never get into one; paths of mapped files do, because they name
 * the owners of bytes. Without paths a file keeps its own name, and its folder becomes a short hash: the same folder gives the
 * same hash within one capture.
 */
public enum Redaction {
  KEEP_PATHS, NO_PATHS;

  private static final Set<String> WITH_PATHS = Set.of(ArtifactNames.SMAPS, ArtifactNames.MAPS, ArtifactNames.EXE,
      ArtifactNames.FDS, ArtifactNames.EXECUTABLE, ArtifactNames.HOTSPOT, ArtifactNames.GO, ArtifactNames.PYTHON,
      ArtifactNames.ASK_SYSTEM_MAP, ArtifactNames.CGROUP_LEVELS, ArtifactNames.CGROUP_MEMBERSHIP);

  /** A pure function: a report must be made from its result wherever the capture file would be saved so. */
  public Capture apply(Capture capture) {
    if (this == KEEP_PATHS) {
      return capture;
    }
    FolderHash hash = new FolderHash(capture.target().startTicks() + "/" + capture.takenAt());
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    capture.artifacts().forEach((name, artifact) -> artifacts.put(name, redact(artifact, hash)));
    return new Capture(capture.target(), capture.takenAt(), capture.elapsedMicros(), capture.asked(), artifacts);
  }

  private static Artifact redact(Artifact artifact, FolderHash hash) {
    if (!artifact.hasContent() || !WITH_PATHS.contains(artifact.name())) {
      return artifact;
    }
    byte[] content = hash.withoutFolders(artifact.text()).getBytes(StandardCharsets.UTF_8);
    return Artifact.adopting(
        new Artifact.Label(artifact.name(), artifact.outcome(), artifact.note(), artifact.micros()), content);
  }
}
