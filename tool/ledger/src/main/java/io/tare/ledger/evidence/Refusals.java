package io.tare.ledger.evidence;

import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.capture.Outcome;
import io.tare.model.report.Unread;
import java.util.List;
import java.util.Optional;

/** What the kernel refused, in words: the mapping list, or memory itself, and with it all that only memory tells. */
public final class Refusals {
  private static final List<String> MEMORY = List.of(ArtifactNames.HOTSPOT, ArtifactNames.MALLOC, ArtifactNames.GO,
      ArtifactNames.PYTHON, ArtifactNames.V8, ArtifactNames.SCRIPT_HEAP, ArtifactNames.DATABASE, ArtifactNames.DOTNET,
      ArtifactNames.PTHREADS,
      ArtifactNames.GO_PROFILE, ArtifactNames.CENSUS);

  private Refusals() {}

  /** Empty where all that was asked for could be read. */
  public static Optional<Unread> of(Capture capture) {
    String unlock = "Run as root, or with CAP_SYS_PTRACE: sudo tare " + capture.target().pid()
        + " (in a container: add the capability SYS_PTRACE).";
    if (isRefused(ArtifactNames.SMAPS, capture)) {
      return Optional.of(new Unread("The memory map of this process could not be read: only its totals are known.",
          unlock));
    }
    return MEMORY.stream().anyMatch(artifact -> isRefused(artifact, capture))
        ? Optional.of(new Unread("The memory of this process could not be read: what in it is in use, what idle, and "
            + "what most of it belongs to can't be told.", unlock))
        : Optional.empty();
  }

  private static boolean isRefused(String artifact, Capture capture) {
    return capture.artifact(artifact).filter(found -> found.outcome() == Outcome.DENIED).isPresent();
  }
}
