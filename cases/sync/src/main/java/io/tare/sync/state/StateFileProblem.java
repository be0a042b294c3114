package io.tare.sync.state;

/** A state file that can't be gone on with while it is open. What was committed before stays. */
public abstract sealed class StateFileProblem extends RuntimeException permits StateFileDamaged, StateFileFull {
  private static final long serialVersionUID = 1;

  StateFileProblem(String message) {
    super(message);
  }
}
