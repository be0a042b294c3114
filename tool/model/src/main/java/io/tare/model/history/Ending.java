package io.tare.model.history;

/**
 * How a process ended.
 *
 * @param code the exit code, or the signal's number
 * @param words the whole story in a sentence
 */
public record Ending(long epochMillis, Cause cause, int code, String words) {

  /** The sort of ending. */
  public enum Cause {
    EXITED(0), SIGNALLED(1), OUT_OF_MEMORY(2), VANISHED(3);

    private final int number;

    Cause(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }
}
