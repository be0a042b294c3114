package io.tare.model.history;

import java.util.List;
import java.util.Locale;

/**
 * How many objects of which kind a process had at one moment: names and numbers, the heaviest.
 *
 * @param counts the heaviest first
 * @param leftOutBytes what a name that is not among them has at most; zero when all are among them
 * @param costMicros processor time that counting took
 */
public record Counting(long epochMillis, Kind kind, List<Count> counts, long leftOutBytes, long costMicros) {
  public Counting {
    counts = List.copyOf(counts);
  }

  /** What a name is. */
  public enum Kind {
    /** Of Java: objects that nobody needs any more are among them until a collection sweeps them away. */
    CLASS(0),
    /** Of CPython. */
    TYPE(1),
    /** Of Go: the program's own function that allocated it, and goroutines by where they wait. */
    FUNCTION(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** Stands in recordings, and stays as it is. */
    public int code() {
      return code;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One name.
   *
   * @param bytes zero for goroutines, whose stacks are not told apart
   */
  public record Count(String name, long objects, long bytes) {}
}
