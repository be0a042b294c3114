package io.tare.sync.state;

/**
 * How a state file is kept.
 *
 * @param mostBytes how far the file may grow; address space only, until it does
 */
public record StateOptions(long mostBytes, Durability durability) {
  /** Room for about 400 million files. */
  public static final StateOptions DEFAULT = new StateOptions(64L << 30, Durability.LAST_COMMIT_MAY_BE_LOST);

  public StateOptions with(Durability other) {
    return new StateOptions(mostBytes, other);
  }
}
