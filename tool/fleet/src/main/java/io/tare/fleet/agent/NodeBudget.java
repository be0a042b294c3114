package io.tare.fleet.agent;

import java.util.function.LongSupplier;

/**
 * Processor time that the agent may use: a share of one processor, all its threads counted, collecting garbage and compiling included. What is
 * not used is saved for a while; what is used too much is owed, and paid back before there is anything more.
 */
final class NodeBudget {
  /** No more than that is ever saved. */
  static final double MOST_SAVED_MILLIS = 1_000;
  /** Given once, at the beginning: code that runs for the first time costs ten times as much, and the first ledgers should not wait for that. */
  static final double GIVEN_ONCE_MILLIS = 3_000;

  private final double share;
  private final LongSupplier usedMillis;
  private final LongSupplier nowNanos;
  private double level = GIVEN_ONCE_MILLIS;
  private long usedBefore;
  private long nanosBefore;

  /**
   * @param share of one processor: 0.005 is half a percent
   * @param usedMillis the processor time of the whole process so far
   */
  NodeBudget(double share, LongSupplier usedMillis, LongSupplier nowNanos) {
    this.share = share;
    this.usedMillis = usedMillis;
    this.nowNanos = nowNanos;
    usedBefore = usedMillis.getAsLong();
    nanosBefore = nowNanos.getAsLong();
  }

  /** What may be used now; below zero when more was used than there was. */
  double availableMillis() {
    long used = usedMillis.getAsLong();
    long now = nowNanos.getAsLong();
    double earned = (now - nanosBefore) / 1e6 * share;
    level = Math.max(level, Math.min(MOST_SAVED_MILLIS, level + earned)) - (used - usedBefore);
    usedBefore = used;
    nanosBefore = now;
    return level;
  }

  double share() {
    return share;
  }
}
