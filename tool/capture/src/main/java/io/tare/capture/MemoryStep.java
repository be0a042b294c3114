package io.tare.capture;

import io.tare.capture.proc.Deadline;
import io.tare.capture.proc.ProcessFolder;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.RuntimeKind;
import io.tare.model.proc.ResidentPages;
import io.tare.model.proc.Smaps;

/** Reads one thing out of the target's memory, or out of its executable, once its mappings are known. */
public interface MemoryStep {

  /** The name of the artefact that this step makes. */
  String artifact();

  /** Whether a target of this kind can have such a thing. */
  boolean appliesTo(RuntimeKind kind);

  Artifact take(MappedProcess process);

  /**
   * What is known of the target when its memory is read.
   *
   * @param pages which pages were present a moment ago
   * @param deadline when to stop
   */
  record MappedProcess(ProcessFolder folder, RuntimeKind kind, Smaps smaps, ResidentPages pages, Deadline deadline) {}
}
