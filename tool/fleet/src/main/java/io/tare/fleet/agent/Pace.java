package io.tare.fleet.agent;

/**
 * How often something comes that costs what it costs: as often as asked for, or as often as its part of the budget pays. So neither readings
 * nor looking for newcomers can eat what ledgers are paid from, however dear a loaded machine makes them.
 */
final class Pace {
  private static final double WEIGHT_OF_DEARER = 0.5;
  /** The first times run code that was never run before, ten times as dear: they tell nothing of the next. */
  private static final int FIRST_TIMES = 3;
  /** Who waits longer than that learns nothing of what happens. */
  static final long MOST_MILLIS = 600_000;

  private final long askedMillis;
  private final double share;
  private double costMillis;
  private int times;

  /** @param share of one processor: the budget's share times the part of it that this may take */
  Pace(long askedMillis, double share) {
    this.askedMillis = askedMillis;
    this.share = share;
  }

  /** Takes it as cheap as it has become at once, as dear by and by. */
  void cost(double millis) {
    if (++times > FIRST_TIMES) {
      costMillis += Math.max(-costMillis, millis - costMillis) * (millis < costMillis ? 1 : WEIGHT_OF_DEARER);
    }
  }

  /** From one to the next. */
  long millis() {
    return Math.max(askedMillis, Math.min(MOST_MILLIS, Math.round(costMillis / share)));
  }
}
