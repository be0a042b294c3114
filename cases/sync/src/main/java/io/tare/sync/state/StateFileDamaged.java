package io.tare.sync.state;

/** Something inside the state file can't be what this program wrote. */
public final class StateFileDamaged extends StateFileProblem {
  private static final long serialVersionUID = 1;

  StateFileDamaged(String message) {
    super("the state file is damaged: " + message);
  }
}
