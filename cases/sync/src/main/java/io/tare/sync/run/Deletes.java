package io.tare.sync.run;

import io.tare.sync.state.FileState;

/**
 * Whether files that the source no longer has are deleted at the destination, and how many at the most. A disk that is not mounted and
 * a prefix that was renamed look like a source whose files are all gone: such a run must not empty the mirror.
 *
 * @param mostPercent of the files that are at the destination; 100 is needed to delete the last of them
 * @param mostFiles at any percentage
 */
public record Deletes(boolean wanted, int mostPercent, long mostFiles) {
  public static final int USUAL_PERCENT = 50;
  public static final Deletes NONE = new Deletes(false, 0, 0);
  /** So few are deleted without counting percents, as long as any file stays. */
  private static final long FEW = 10;
  private static final int ALL = 100;

  public Deletes {
    if (mostPercent < 0 || mostPercent > ALL || mostFiles < 0) {
      throw new IllegalArgumentException(
          "a percentage is 0 to 100, not " + mostPercent + ", and a number 0 or more, not " + mostFiles);
    }
  }

  public static Deletes upToPercent(int mostPercent) {
    return new Deletes(true, mostPercent, Long.MAX_VALUE);
  }

  /** So many of however many there are, but not the last. */
  public static Deletes upToFiles(long mostFiles) {
    return new Deletes(true, ALL - 1, mostFiles);
  }

  /** How many deletions this run must not do: all of them, or none. */
  long heldBack(StateCount count) {
    long gone = count.of(FileState.DELETED_IN_SOURCE);
    long there = gone + count.of(FileState.SYNCED) + count.of(FileState.UNCERTAIN);
    boolean isAll = gone == there && mostPercent < ALL;
    return wanted && gone > 0 && (isAll || isTooMany(gone, there)) ? gone : 0;
  }

  private boolean isTooMany(long gone, long there) {
    boolean isNumbered = mostFiles < Long.MAX_VALUE;
    return isNumbered ? gone > mostFiles : mostPercent < ALL && gone > FEW && gone * ALL > there * mostPercent;
  }
}
