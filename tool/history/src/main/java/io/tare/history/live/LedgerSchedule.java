package io.tare.history.live;

import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing.WeighingReason;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides when the next full ledger of a process is due: at first, in turn, when gross moved by 5 % or 64 MB, at a mark, and in stages
 * close to the limit. Ledgers are paid from a budget of processor time that fills slowly; once it is spent the turn takes twice as long,
 * until the budget has recovered. Close to the limit nobody asks for the price: it may be the last ledger.
 */
public final class LedgerSchedule implements LedgerTurns {
  private static final double MOVED_SHARE = 0.05;
  private static final long MOVED_BYTES = 64L << 20;
  private static final long LEAST_MOVED_BYTES = 1L << 20;
  private static final long LEAST_GAP_MILLIS = 2_000;
  private static final long LEAST_GAP_AFTER_MARK_MILLIS = 500;
  private static final double FULL_NANOS = 2e9;
  private static final int SLOWEST = 16;
  private static final long RETRY_MILLIS = 10_000;

  private final LedgerRules rules;
  private final LimitStages stages;
  private double budgetNanos = FULL_NANOS;
  private long budgetAtMillis;
  private int slowness = 1;
  private boolean marked;
  private boolean asked;
  private boolean execed;
  private boolean hasOne;
  private long lastMillis;
  private long lastGross;
  private int tries;
  private long settleAtMillis;
  private int settled;

  public LedgerSchedule(LedgerRules rules, OptionalLong limitBytes) {
    this.rules = rules;
    stages = new LimitStages(limitBytes);
  }

  /** A mark was set: a ledger at it is wanted soon. */
  @Override
  public void marked() {
    marked = true;
  }

  /** Somebody wants one now, whatever it costs. */
  @Override
  public void asked() {
    asked = true;
  }

  /** The process has become another program: all begins again. */
  @Override
  public void execed() {
    execed = true;
  }

  /** Why a ledger is due at this reading; empty when none is. */
  @Override
  public Optional<WeighingReason> due(Sample sample) {
    if (!sample.has(SampleColumn.RSS)) {
      return Optional.empty();
    }
    long gap = sample.epochMillis() - lastMillis;
    earn(sample.epochMillis());
    if (stages.isNext(sample)) {
      return Optional.of(WeighingReason.LIMIT);
    }
    if (!hasOne) {
      return tries == 0 || gap >= RETRY_MILLIS * tries ? Optional.of(WeighingReason.BASELINE) : Optional.empty();
    }
    if (execed && gap >= LEAST_GAP_AFTER_MARK_MILLIS) {
      return Optional.of(WeighingReason.EXEC);
    }
    if (asked) {
      return Optional.of(WeighingReason.ASKED);
    }
    if (isToSettle(sample)) {
      return Optional.of(WeighingReason.SETTLED);
    }
    if (budgetNanos <= 0) {
      return Optional.empty();
    }
    if (marked && gap >= LEAST_GAP_AFTER_MARK_MILLIS) {
      return Optional.of(WeighingReason.MARK);
    }
    if (gap >= LEAST_GAP_MILLIS && hasMoved(sample.raw(SampleColumn.RSS))) {
      return Optional.of(WeighingReason.MOVED);
    }
    boolean isTurn = !rules.turn().isZero() && gap >= rules.turn().toMillis() * slowness;
    return isTurn ? Optional.of(WeighingReason.TURN) : Optional.empty();
  }

  private boolean hasMoved(long gross) {
    long moved = Math.abs(gross - lastGross);
    return moved >= MOVED_BYTES || (moved >= LEAST_MOVED_BYTES && moved >= lastGross * MOVED_SHARE);
  }

  /**
   * Collections are asked for of what has some, and never evenly: the pace of the program's own batches must not make a pattern with
   * theirs.
   */
  private boolean isToSettle(Sample sample) {
    if (rules.settle().isZero() || !sample.has(SampleColumn.GC_RUNS)) {
      return false;
    }
    if (settleAtMillis == 0) {
      settleAtMillis = sample.epochMillis() + rules.settle().toMillis() / 2;
    }
    if (sample.epochMillis() < settleAtMillis) {
      return false;
    }
    double golden = ++settled * 0.618034 % 1;
    settleAtMillis = sample.epochMillis() + (long) (rules.settle().toMillis() * (0.75 + 0.5 * golden));
    return true;
  }

  /** A ledger was tried: the first one again and again, more and more rarely, until there is one. */
  @Override
  public void tried(Sample sample, long costNanos, boolean hasCome) {
    hasOne |= hasCome;
    tries++;
    taken(sample, costNanos);
  }

  private void taken(Sample sample, long costNanos) {
    marked = false;
    asked = false;
    execed = false;
    lastMillis = sample.epochMillis();
    lastGross = sample.raw(SampleColumn.RSS);
    stages.passed(sample);
    budgetNanos -= costNanos;
    if (budgetNanos <= 0) {
      slowness = Math.min(SLOWEST, slowness * 2);
    }
  }

  private void earn(long nowMillis) {
    if (budgetAtMillis > 0) {
      double earned = Math.max(0, nowMillis - budgetAtMillis) * 1e6 * rules.share();
      budgetNanos = Math.min(FULL_NANOS, budgetNanos + earned);
    }
    budgetAtMillis = nowMillis;
    if (slowness > 1 && budgetNanos >= FULL_NANOS / 2) {
      slowness /= 2;
    }
  }

  /** How many times longer than wanted the turn takes now, because the budget was spent. */
  @Override
  public int slowness() {
    return slowness;
  }

  /**
   * When full ledgers are taken.
   *
   * @param turn how long from one to the next while nothing happens; zero for never in turn
   * @param share of one processor that ledgers may use in the long run
   * @param settle how long from one collection that is asked for to the next; zero for none, which is usual
   */
  public record LedgerRules(Duration turn, double share, Duration settle) {
    public LedgerRules(Duration turn, double share) {
      this(turn, share, Duration.ZERO);
    }

    public LedgerRules settling(Duration every) {
      return new LedgerRules(turn, share, every);
    }

    /** A minute, and a twentieth of a percent of one processor: less than the cheap readings take. */
    public static final LedgerRules USUAL = new LedgerRules(Duration.ofMinutes(1), 0.0005);
  }
}
