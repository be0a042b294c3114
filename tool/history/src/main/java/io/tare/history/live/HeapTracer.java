package io.tare.history.live;

import io.tare.capture.CaptureException;
import io.tare.capture.CaptureOptions;
import io.tare.capture.Capturer;
import io.tare.capture.MemoryWalk;
import io.tare.capture.Progress;
import io.tare.formats.NotThisFormat;
import io.tare.formats.ParseLimits;
import io.tare.formats.memory.TypeCensusText;
import io.tare.history.judge.AmountWords;
import io.tare.model.capture.Artifact;
import io.tare.model.capture.ArtifactNames;
import io.tare.model.capture.Capture;
import io.tare.model.history.Sample;
import io.tare.model.history.SampleColumn;
import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.profile.TypeCensus;
import io.tare.model.profile.TypeCensus.Live;
import io.tare.model.profile.TypeCensus.Truth;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Traces what lives in the old generation of a heap while only that can tell a leak from garbage: when the floor after young collections has
 * risen, and the old generation has not been collected often enough to be judged by that. It is paid from a store of processor time that fills
 * slowly; a heap that would cost more than the store holds is left alone.
 */
public final class HeapTracer {
  static final Duration LIMIT = Duration.ofSeconds(20);
  static final double SHARE = 0.001;
  static final double STORE_NANOS = 4e9;

  private static final Duration TRACE_TIME = Duration.ofSeconds(10);
  private static final CaptureOptions OPTIONS = CaptureOptions.PASSIVE.within(LIMIT);
  /** Their old generation stays where it is until it is collected, which may take hours. */
  private static final Set<Collector> WAITING = EnumSet.of(Collector.SERIAL, Collector.PARALLEL, Collector.G1);
  private static final long RISE_BYTES = 1 << 20;
  /** With so many collections of the whole heap the floor after them is enough. */
  private static final int ENOUGH = 6;
  private static final long LEAST_GAP_MILLIS = 75_000;
  private static final long MORE_GAP_MILLIS = 15_000;
  private static final double NANOS_PER_BYTE = 4;
  private static final double FIRST_NANOS = 3e8;
  private static final int MOST_FAILURES = 5;
  private static final double MOST_BYTES = (STORE_NANOS - FIRST_NANOS) / NANOS_PER_BYTE;

  private final boolean wanted;
  private double storeNanos = STORE_NANOS;
  private double lastNanos;
  private long earnedAtMillis;
  private long nextMillis;
  private long lowestFloor = Long.MAX_VALUE;
  private long floor;
  private long firstWhole = Sample.UNKNOWN;
  private int traces;
  private int failures;
  private boolean waits;

  HeapTracer(boolean wanted) {
    this.wanted = wanted;
  }

  /** From which values on it traces, and how often, for those who read {@code tare help rules}. */
  public static String terms() {
    return "A recorder traces what lives in a JVM's old generation (Serial, Parallel, G1; --no-trace for never) when the"
        + " floor after young collections has risen by " + AmountWords.of(RISE_BYTES, SeriesUnit.BYTES)
        + " and fewer than "
        + ENOUGH + " collections of the whole heap were seen: every " + LEAST_GAP_MILLIS / 1000 + " to "
        + (LEAST_GAP_MILLIS + MORE_GAP_MILLIS) / 1000 + " s, from a store of " + (long) (STORE_NANOS / 1e9)
        + " s of processor time that fills at " + SHARE * 100 + " % of one processor. A heap of more than "
        + AmountWords.of(MOST_BYTES, SeriesUnit.BYTES)
        + " after a collection would cost more than that, and is left alone.";
  }

  boolean isDue(Sample sample) {
    if (!wanted || failures >= MOST_FAILURES) {
      return false;
    }
    look(sample);
    long now = sample.epochMillis();
    if (nextMillis == 0) {
      nextMillis = now + LEAST_GAP_MILLIS / 2;
    }
    boolean enough = firstWhole != Sample.UNKNOWN && sample.has(SampleColumn.GC_WHOLE_RUNS)
        && sample.raw(SampleColumn.GC_WHOLE_RUNS) - firstWhole >= ENOUGH;
    return waits && !enough && floor - lowestFloor >= RISE_BYTES && now >= nextMillis && storeNanos >= estimate();
  }

  private void look(Sample sample) {
    if (earnedAtMillis > 0) {
      double earned = Math.max(0, sample.epochMillis() - earnedAtMillis) * 1e6 * SHARE;
      storeNanos = Math.min(STORE_NANOS, storeNanos + earned);
    }
    earnedAtMillis = sample.epochMillis();
    if (sample.has(SampleColumn.HEAP_FLOOR)) {
      floor = sample.raw(SampleColumn.HEAP_FLOOR);
      lowestFloor = Math.min(lowestFloor, floor);
    }
    if (sample.has(SampleColumn.GC_KIND)) {
      waits = Collector.byCode((double) sample.raw(SampleColumn.GC_KIND)).filter(WAITING::contains).isPresent();
    }
    if (firstWhole == Sample.UNKNOWN) {
      firstWhole = sample.raw(SampleColumn.GC_WHOLE_RUNS);
    }
  }

  /** What the next one will cost: as much as the last, or by what the heap held after its last collection. */
  private double estimate() {
    return traces == 0 ? FIRST_NANOS + NANOS_PER_BYTE * floor : lastNanos;
  }

  /** At uneven times: the pace of the program's own batches must not make a pattern with theirs. */
  void took(Sample sample, long costNanos, boolean hasCome) {
    traces++;
    failures = hasCome ? 0 : failures + 1;
    lastNanos = costNanos;
    storeNanos -= costNanos;
    double golden = traces * 0.618034 % 1;
    nextMillis = sample.epochMillis() + LEAST_GAP_MILLIS + (long) (MORE_GAP_MILLIS * golden);
  }

  boolean hasJustGivenUp() {
    return failures == MOST_FAILURES;
  }

  /** What of the old generation is reached, on the caller's thread; empty where that is not known for all of it. */
  static OptionalLong trace(long pid) {
    try {
      Capture capture = new Capturer(List.of(MemoryWalk.live(TRACE_TIME))).read(pid, OPTIONS, Progress.NONE);
      Optional<Artifact> taken = capture.artifact(ArtifactNames.CENSUS).filter(Artifact::hasContent);
      if (taken.isEmpty()) {
        return OptionalLong.empty();
      }
      return TypeCensusText.parse(ArtifactNames.CENSUS, taken.get().text(), ParseLimits.DEFAULT).value()
          .filter(census -> census.truth() == Truth.CONSISTENT).flatMap(TypeCensus::live)
          .filter(live -> live.unreadStacks() == 0).map(Live::oldBytes).map(OptionalLong::of)
          .orElse(OptionalLong.empty());
    } catch (CaptureException | NotThisFormat unreadable) {
      return OptionalLong.empty();
    }
  }
}
