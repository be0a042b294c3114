package io.tare.fleet.agent;

import io.tare.history.live.LedgerTurns;
import io.tare.history.live.LimitStages;
import io.tare.model.history.RecordedProcess;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Shares the node's budget among its processes: each round those get a ledger that are longest overdue, as many as can be paid. Close to its
 * limit a process gets one at once, whatever it costs: it may be the last.
 */
final class NodeTurns {
  private static final double FIRST_GUESS_MILLIS = 60;
  private static final double WEIGHT_OF_NEWEST = 0.3;
  private static final long FIRST_RETRY_MILLIS = 10_000;
  private static final long LAST_RETRY_MILLIS = 3_600_000;
  private static final double MOVED_SHARE = 0.05;
  private static final long MOVED_BYTES = 8L << 20;
  /** What has moved is due sooner, and comes before what has not. */
  private static final double MOVED_URGENCY = 4;

  private final long turnMillis;
  private final LongSupplier nowMillis;
  private final List<Turn> turns = new ArrayList<>();
  private double usualCost = FIRST_GUESS_MILLIS;
  private double spentMillis;
  private long places;

  /** @param nowMillis a clock that is never set */
  NodeTurns(long turnMillis, LongSupplier nowMillis) {
    this.turnMillis = turnMillis;
    this.nowMillis = nowMillis;
  }

  LedgerTurns of(RecordedProcess process) {
    Turn turn = new Turn(new LimitStages(process.limitBytes()));
    turns.add(turn);
    return turn;
  }

  void forget(LedgerTurns ended) {
    turns.removeIf(turn -> turn.equals(ended));
  }

  /** Says whose ledgers may be taken in the round that begins. */
  void grant(double availableMillis) {
    long now = nowMillis.getAsLong();
    turns.forEach(turn -> turn.granted = false);
    List<Turn> due = turns.stream().filter(turn -> turn.overdue(now) >= 1)
        .sorted(Comparator.comparingDouble((Turn turn) -> -turn.overdue(now)).thenComparingLong(turn -> turn.place))
        .toList();
    double left = availableMillis;
    for (Turn turn : due) {
      if (left <= 0) {
        return;
      }
      turn.granted = true;
      turn.place = ++places;
      left -= turn.costMillis();
    }
  }

  /** How long the process has waited that waited longest for its next ledger, in turns; below 1 when all came in time. */
  double longestWait() {
    long now = nowMillis.getAsLong();
    return turns.stream().filter(turn -> turn.tries == 0 || turn.hasOne).mapToDouble(turn -> turn.waited(now)).max()
        .orElse(0);
  }

  /** What the ledgers since the last call have cost. */
  double takeSpentMillis() {
    double spent = spentMillis;
    spentMillis = 0;
    return spent;
  }

  private final class Turn implements LedgerTurns {
    private final LimitStages stages;
    private final long beganMillis = nowMillis.getAsLong();
    private boolean granted;
    /** Of those that were weighed in one round, who was granted it first comes first again: else some would fall behind, round after round. */
    private long place;
    private boolean hasOne;
    private boolean moved;
    private boolean marked;
    private boolean execed;
    private int tries;
    private long lastMillis;
    private long lastGross;
    private double ownCost = Double.NaN;

    Turn(LimitStages stages) {
      this.stages = stages;
    }

    double costMillis() {
      return Double.isNaN(ownCost) ? usualCost : ownCost;
    }

    double waited(long now) {
      return (double) (now - (tries == 0 ? beganMillis : lastMillis)) / turnMillis;
    }

    /** From 1 on it is due. The first ledger comes before all others, the oldest process first. */
    double overdue(long now) {
      if (tries == 0) {
        return 1e6 + now - beganMillis;
      }
      if (!hasOne) {
        long pause = Math.min(LAST_RETRY_MILLIS, FIRST_RETRY_MILLIS << Math.min(tries, 10));
        return now - lastMillis >= pause ? 1 : 0;
      }
      return waited(now) * (moved || marked || execed ? MOVED_URGENCY : 1);
    }

    @Override
    public void marked() {
      marked = true;
    }

    @Override
    public void asked() {
      lastMillis -= turnMillis;
    }

    @Override
    public void execed() {
      execed = true;
    }

    @Override
    public Optional<WeighingReason> due(Sample sample) {
      if (!sample.has(SampleColumn.RSS)) {
        return Optional.empty();
      }
      long change = Math.abs(sample.raw(SampleColumn.RSS) - lastGross);
      moved = change >= MOVED_BYTES && change >= lastGross * MOVED_SHARE;
      if (hasOne && stages.isNext(sample)) {
        return Optional.of(WeighingReason.LIMIT);
      }
      if (!granted) {
        return Optional.empty();
      }
      if (!hasOne) {
        return Optional.of(WeighingReason.BASELINE);
      }
      return Optional.of(execed
          ? WeighingReason.EXEC
          : marked ? WeighingReason.MARK : moved ? WeighingReason.MOVED : WeighingReason.TURN);
    }

    @Override
    public void tried(Sample sample, long costNanos, boolean hasCome) {
      double cost = costNanos / 1e6;
      ownCost = Double.isNaN(ownCost) ? cost : ownCost + (cost - ownCost) * WEIGHT_OF_NEWEST;
      usualCost += (cost - usualCost) * WEIGHT_OF_NEWEST;
      spentMillis += cost;
      hasOne |= hasCome;
      tries++;
      granted = false;
      moved = false;
      marked = false;
      execed = false;
      lastMillis = nowMillis.getAsLong();
      lastGross = sample.raw(SampleColumn.RSS);
      stages.passed(sample);
    }

    /** One process is never slower than the node as a whole, which says so itself. */
    @Override
    public int slowness() {
      return 1;
    }
  }
}
