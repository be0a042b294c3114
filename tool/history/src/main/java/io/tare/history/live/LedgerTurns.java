package io.tare.history.live;

import io.tare.model.history.Sample;
import io.tare.model.history.Weighing.WeighingReason;
import java.util.Optional;

/** Says when a process's next full ledger is due. {@link LedgerSchedule} minds one process; who minds many shares one budget among them. */
public interface LedgerTurns {
  /** A mark was set: a ledger at it is wanted soon. */
  void marked();

  /** Somebody wants one now, whatever it costs. */
  void asked();

  /** The process has become another program: all begins again. */
  void execed();

  /** Why a ledger is due at this reading; empty when none is. */
  Optional<WeighingReason> due(Sample sample);

  /** A ledger was tried, and {@code hasCome} if there is one. */
  void tried(Sample sample, long costNanos, boolean hasCome);

  /** How many times longer than wanted the turn takes now, because a budget of its own was spent. */
  int slowness();
}
