package io.tare.capture.file;

import io.tare.formats.NotThisFormat;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes folders out of a capture. Environment, arguments and user never get into one; paths of mapped files do, because they name
 * the owners of bytes, and so do paths of control groups. Without paths a file keeps its own name, and its folder becomes a short hash,
 * as does each step of a group's path: the same folder gives the same hash within one capture.
 */
public enum Redaction {
  KEEP_PATHS, NO_PATHS;

  private static final Set<String> LISTINGS = Set.of(ArtifactNames.SMAPS, ArtifactNames.MAPS, ArtifactNames.EXE,
      ArtifactNames.ASK_SYSTEM_MAP);
  private static final Set<String> FACTS = Set.of(ArtifactNames.FDS, ArtifactNames.EXECUTABLE, ArtifactNames.HOTSPOT,
      ArtifactNames.GO, ArtifactNames.PYTHON, ArtifactNames.MALLOC, ArtifactNames.PTHREADS);

  /** A pure function: a report must be made from its result wherever the capture file would be saved so. */
  public Capture apply(Capture capture) {
    if (this == KEEP_PATHS) {
      return capture;
    }
    FolderHash hash = new FolderHash(capture.target().startTicks() + "/" + capture.takenAt());
    Map<String, Artifact> artifacts = new LinkedHashMap<>();
    capture.artifacts().forEach((name, artifact) -> artifacts.put(name, withoutPaths(artifact, hash)));
    return new Capture(capture.target(), capture.takenAt(), capture.elapsedMicros(), capture.asked(), artifacts);
  }

  private static Artifact withoutPaths(Artifact artifact, FolderHash hash) {
    try {
      if (artifact.hasContent() && LISTINGS.contains(artifact.name())) {
        return replaced(artifact, PathLines.inListing(artifact.text(), hash::withoutFolder));
      }
      if (artifact.hasContent() && artifact.name().equals(ArtifactNames.CGROUP_MEMBERSHIP)) {
        return replaced(artifact, PathLines.inMembership(artifact.text(), hash::group));
      }
      if (artifact.hasContent() && artifact.name().equals(ArtifactNames.CGROUP_LEVELS)) {
        return replaced(artifact, PathLines.inFacts(artifact.text(), hash::group));
      }
      return artifact.hasContent() && FACTS.contains(artifact.name())
          ? replaced(artifact, PathLines.inFacts(artifact.text(), hash::withoutFolder))
          : artifact;
    } catch (NotThisFormat strange) {
      return Artifact.missing(artifact.name(), Outcome.FAILED, "left out: its paths cannot be told from the rest");
    }
  }

  private static Artifact replaced(Artifact artifact, String text) {
    return Artifact.adopting(
        new Artifact.Label(artifact.name(), artifact.outcome(), artifact.note(), artifact.micros()),
        text.getBytes(StandardCharsets.UTF_8));
  }
}
