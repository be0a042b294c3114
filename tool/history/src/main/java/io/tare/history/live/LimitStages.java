package io.tare.history.live;

import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.util.OptionalLong;

/** How close a process is to its limit, in stages that are each told once on the way up: the ledger at the last one may be the last. */
public final class LimitStages {
  private static final double[] STAGES = {0.66, 0.75, 0.90};
  private static final double AGAIN_BELOW = 0.60;

  private final OptionalLong limitBytes;
  private int stage;

  public LimitStages(OptionalLong limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Whether a stage is reached that was not told yet. The kernel kills for what it can't reclaim: the working set counts, where it is known. */
  public boolean isNext(Sample sample) {
    long known = Math.max(sample.raw(SampleColumn.WORKING_SET), sample.raw(SampleColumn.RSS_ANON));
    long charged = known > 0 ? known : sample.raw(SampleColumn.RSS);
    if (limitBytes.isEmpty() || charged <= 0) {
      return false;
    }
    double share = (double) charged / limitBytes.getAsLong();
    if (share < AGAIN_BELOW) {
      stage = 0;
    }
    return stage < STAGES.length && share >= STAGES[stage] && charged <= limitBytes.getAsLong() * 2;
  }

  /** A ledger was taken here: it stands for every stage up to this one. */
  public void passed(Sample sample) {
    while (isNext(sample)) {
      stage++;
    }
  }
}
