package io.tare.model.capture;

/** How the taking of one artefact ended. Missing is not zero: every artefact that was wanted has an outcome. */
public enum Outcome {
  /** Taken whole. */
  TAKEN,
  /** Taken, but cut at a limit or by an error; the artefact's note says where. */
  PARTIAL,
  /** The thing does not exist here (no such file, feature or runtime). */
  ABSENT,
  /** The kernel or the target refused. */
  DENIED,
  /** The process ended, or changed its identity, while it was read. */
  GONE,
  /** Not tried, by choice; the note says why and what would unlock it. */
  SKIPPED,
  /** Tried and failed; the note says how. */
  FAILED
}
