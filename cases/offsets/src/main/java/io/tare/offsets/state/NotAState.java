package io.tare.offsets.state;

/** A commit's metadata that is not a state of this program, or a damaged one: its offset counts, what is behind it is read again. */
public final class NotAState extends Exception {
  private static final long serialVersionUID = 1;

  NotAState(String message) {
    super(message);
  }
}
