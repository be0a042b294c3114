package io.tare.sync.state;

/** The state file may not grow any more, or the disk is full. The transaction that wanted to is undone. */
public final class StateFileFull extends StateFileProblem {
  private static final long serialVersionUID = 1;

  StateFileFull(String reason) {
    super("the state file can't grow (" + reason + "); raise --state-limit or make room on the disk, and run again");
  }
}
