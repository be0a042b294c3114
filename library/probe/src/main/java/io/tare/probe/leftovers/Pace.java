package io.tare.probe.leftovers;

import io.tare.probe.MemoryStats;
import io.tare.probe.Work;
import io.tare.probe.metric.Metric;
import io.tare.probe.trend.Trend;
import java.util.Arrays;

/**
 * How often the work runs between two counts: as often as a second allows, so that a leak in one of a hundred runs shows; less often
 * where the first runs left so much behind that the process would not bear it.
 */
record Pace(int runsPerRound, long workNanos) {
  private static final long BUDGET_NANOS = 1_000_000_000L;
  /** One phase to find suspects, one twice as long to confirm, and what the search for holders needs. */
  private static final double PHASES = 4;
  private static final double MOST_LEFT_BEHIND = 400;
  private static final double SHARE_OF_FREE_HEAP = 0.25;
  private static final double MOST_NATIVE_BYTES = 512 << 20;
  private static final long NATIVE_NOISE_BYTES = 1L << 20;
  private static final int PROBING_RUNS = 4;
  private static final int MOST_PROBES = 3;

  /** Runs the work a few times, then more often, and looks what time and what memory that takes. */
  static <X extends Exception> Pace of(LeakOptions options, Work<X> work) throws X {
    if (options.warmUpRounds() < 2) {
      return new Pace(Math.max(1, options.runsPerRound()), Long.MAX_VALUE);
    }
    run(1, work);
    if (options.runsPerRound() > 0) {
      return new Pace(options.runsPerRound(), run(PROBING_RUNS, work));
    }
    // The first runs load classes, which looks like much growth; more runs tell better.
    Pace pace = new Pace(PROBING_RUNS, 0);
    for (int probes = 0; probes < MOST_PROBES; probes++) {
      int runs = pace.runsPerRound;
      pace = probe(options, runs, work);
      if (pace.runsPerRound <= runs) {
        return pace;
      }
    }
    return pace;
  }

  private static <X extends Exception> Pace probe(LeakOptions options, int runs, Work<X> work) throws X {
    ClassHistogram before = ClassHistogram.afterGc();
    Inventory there = Inventory.now(before);
    long nativeBefore = nativeBytes();
    long nanos = run(runs, work);
    long nativeGrown = nativeBytes() - nativeBefore;
    ClassHistogram after = ClassHistogram.afterGc();
    Inventory now = Inventory.now(after);
    double total = options.rounds() * PHASES;
    double fitting = Math.min(LeakOptions.MOST_RUNS_PER_ROUND,
        (double) BUDGET_NANOS / Math.max(1, nanos) / options.rounds());
    long free = Runtime.getRuntime().maxMemory() - after.total().bytes();
    fitting = Math.min(fitting,
        atMost(free * SHARE_OF_FREE_HEAP, after.total().bytes() - before.total().bytes(), runs, total));
    fitting = Math.min(fitting,
        atMost(MOST_NATIVE_BYTES, nativeGrown > NATIVE_NOISE_BYTES ? nativeGrown : 0, runs, total));
    for (Kind kind : Kind.values()) {
      long grown = now.count(kind).orElse(0) - there.count(kind).orElse(0);
      fitting = Math.min(fitting, atMost(MOST_LEFT_BEHIND, grown, runs, total));
    }
    return new Pace((int) Math.max(1, fitting), nanos);
  }

  /** How many runs a round may have so that no more than the most is left behind in the end. */
  private static double atMost(double most, long grown, int runs, double rounds) {
    return grown <= 0 ? Double.MAX_VALUE : most / ((double) grown / runs) / rounds;
  }

  /** Direct buffers count: they fill up too. */
  private static long nativeBytes() {
    return NativeMemory.now().getOrDefault(NativeMemory.OF_THE_PROCESS, 0L)
        + MemoryStats.now().get(Metric.DIRECT_BYTES).orElse(0);
  }

  /** What a run takes on average, without the slowest quarter: those load classes. Where every second one waits for a packet, that counts. */
  static <X extends Exception> long run(int runs, Work<X> work) throws X {
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      work.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return (long) Arrays.stream(nanos, 0, Math.max(1, runs - runs / 4)).average().orElse(0);
  }

  /** As many runs as this, within the time. */
  int within(long runs, long budgetNanos) {
    return (int) Math.max(1, Math.min(runs, budgetNanos / Math.max(1, workNanos)));
  }

  /** One leak in so many runs is still seen: the rarest growth by one whose staircase counts as growing, wherever its steps lie. */
  static long seenOneIn(int rounds, int runsPerRound) {
    long seen = 0;
    for (int roundsBetween = 1; roundsBetween < rounds && isSeen(rounds, roundsBetween); roundsBetween++) {
      seen = (long) roundsBetween * runsPerRound;
    }
    return seen;
  }

  private static boolean isSeen(int rounds, int roundsBetween) {
    for (int phase = 0; phase < roundsBetween; phase++) {
      long[] staircase = new long[rounds];
      for (int round = 0; round < rounds; round++) {
        staircase[round] = ((long) round + phase) / roundsBetween;
      }
      if (!Trend.of(staircase, Trend.ONE_IN_A_THOUSAND).isGrowing()) {
        return false;
      }
    }
    return true;
  }
}
