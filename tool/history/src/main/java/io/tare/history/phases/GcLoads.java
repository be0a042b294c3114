package io.tare.history.phases;

import io.tare.history.recording.SampleTable;
import io.tare.model.history.GcLoad;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What collecting cost between two readings, and its grade. */
public final class GcLoads {
  private static final double GOOD_FROM = 0.01;
  private static final double CONCERNING_FROM = 0.05;
  private static final double BAD_ABOVE = 0.10;
  /** A program that mostly waits uses so little processor time that any collection is a large share of it, and harmless. */
  private static final double BUSY_FROM = 0.05;

  private GcLoads() {}

  /** Below 1 % excellent, to 5 % good, to 10 % concerning, above that bad. */
  public static String grade(double share) {
    if (share < GOOD_FROM) {
      return "excellent";
    }
    return share < CONCERNING_FROM ? "good" : share <= BAD_ABOVE ? "concerning" : "bad";
  }

  /** Between two rows of the readings; empty where no collector was seen at work or too little time passed to tell. */
  public static Optional<GcLoad> between(SampleTable samples, int first, int last) {
    return of(column -> samples.value(column, last) - samples.value(column, first),
        samples.epochMillis(last) - samples.epochMillis(first));
  }

  public static Optional<GcLoad> between(Sample first, Sample last) {
    return of(column -> first.has(column) && last.has(column)
        ? last.raw(column) - first.raw(column)
        : Double.NaN, last.epochMillis() - first.epochMillis());
  }

  private static Optional<GcLoad> of(ToDoubleFunction<SampleColumn> change, long millis) {
    double runs = change.applyAsDouble(SampleColumn.GC_RUNS);
    double processor = change.applyAsDouble(SampleColumn.CPU_NANOS);
    double collector = change.applyAsDouble(SampleColumn.GC_CPU_NANOS);
    double paused = change.applyAsDouble(SampleColumn.GC_NANOS);
    double passed = millis * 1e6;
    if (Double.isNaN(runs) || runs < 0) {
      return Optional.empty();
    }
    if (collector >= 0 && processor > 0 && processor >= passed * BUSY_FROM) {
      double share = Math.min(1, collector / processor);
      return Optional.of(new GcLoad((long) runs, share, true, grade(share)));
    }
    if (paused >= 0 && passed > 0) {
      double share = Math.min(1, paused / passed);
      return Optional.of(new GcLoad((long) runs, share, false, grade(share)));
    }
    return Optional.empty();
  }
}
