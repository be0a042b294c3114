package io.tare.model.history;

import java.util.OptionalLong;

/**
 * How a process ended.
 *
 * @param code the exit code, or the signal's number
 * @param words the whole story in a sentence
 * @param usage what it used; unknown of all but children
 */
public record Ending(long epochMillis, Cause cause, int code, String words, Usage usage) {
  public Ending(long epochMillis, Cause cause, int code, String words) {
    this(epochMillis, cause, code, words, Usage.UNKNOWN);
  }

  public Ending with(Usage known) {
    return new Ending(epochMillis, cause, code, words, known);
  }

  /**
   * What the kernel tells a parent of a child that has ended.
   *
   * @param peakBytes the most that was resident at once, of it or of one that it waited for
   * @param cpuNanos its processor time, and theirs
   */
  public record Usage(OptionalLong peakBytes, OptionalLong cpuNanos) {
    public static final Usage UNKNOWN = new Usage(OptionalLong.empty(), OptionalLong.empty());
  }

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
