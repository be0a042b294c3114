package io.tare.probe.leftovers;

import io.tare.probe.Growth;
import io.tare.probe.LeakOptions;
import io.tare.probe.LeakReport;
import io.tare.probe.LeakReport.Verdict;
import io.tare.probe.Leftover;
import io.tare.probe.Work;
import io.tare.probe.jfr.Jfr;
import io.tare.probe.jfr.Origins;
import io.tare.probe.trend.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of the leak protocol from START to the report. */
public final class LeakRun {
  /** A cache that warms up slows down; what keeps at least this share of its pace is a leak. */
  private static final double PACE_OF_A_LEAK = 0.5;
  private static final int MOST_RUNS_PER_ROUND = 32;
  private static final long CONFIRMATION_NANOS = 3_000_000_000L;

  private LeakRun() {}

  public static <X extends Exception> LeakReport run(LeakOptions options, Work<X> work) throws X {
    Inventory start = Inventory.now(ClassHistogram.afterGc());
    long workNanos = warmUp(options.warmUpRounds(), work);
    Rounds first = Rounds.measure(options, 1, work);
    List<String> suspects = first.names().stream().filter(name -> !name.equals(Rounds.HEAP) && grows(first, name))
        .toList();
    boolean enough = options.rounds() >= Trend.LEAST_POINTS;
    List<Growth> leaks = enough && !suspects.isEmpty()
        ? confirm(options, runsPerRound(options, workNanos), work, first, suspects)
        : List.of();
    List<String> settled = suspects.stream()
        .filter(name -> enough && leaks.stream().noneMatch(leak -> leak.what().equals(name))).toList();
    Verdict verdict = enough ? leaks.isEmpty() ? Verdict.CLEAN : Verdict.LEAK : Verdict.CANNOT_TELL;
    Inventory end = Inventory.now(ClassHistogram.afterGc());
    return new LeakReport(verdict, origins(options, leaks, work), settled, leftovers(start, end),
        measured(options, first, end));
  }

  private static <X extends Exception> long warmUp(int rounds, Work<X> work) throws X {
    long nanos = 0;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.run();
      nanos = System.nanoTime() - start;
    }
    return nanos;
  }

  /** As many runs between two GCs as fit into the time for confirming. */
  private static int runsPerRound(LeakOptions options, long workNanos) {
    long fitting = CONFIRMATION_NANOS / Math.max(1, workNanos * options.rounds());
    return (int) Math.max(1, Math.min(MOST_RUNS_PER_ROUND, fitting));
  }

  private static boolean grows(Rounds rounds, String name) {
    return rounds.objectsPerRun(name).isGrowing() || rounds.bytesPerRun(name).isGrowing();
  }

  private static <X extends Exception> List<Growth> confirm(LeakOptions options, int runsPerRound, Work<X> work,
      Rounds first, List<String> suspects)
      throws X {
    Rounds second = Rounds.measure(options, runsPerRound, work);
    List<Growth> leaks = new ArrayList<>();
    for (String name : suspects) {
      if (keepsPace(first.objectsPerRun(name), second.objectsPerRun(name))
          || keepsPace(first.bytesPerRun(name), second.bytesPerRun(name))) {
        leaks.add(new Growth(name, second.objectsPerRun(name), second.bytesPerRun(name), Optional.empty()));
      }
    }
    leaks.sort(Comparator.comparingInt((Growth leak) -> isPlainObject(leak) ? 1 : 0)
        .thenComparingDouble(leak -> -leak.bytesPerRun().slope()));
    return leaks;
  }

  /** Threads, files and the like are named before classes: they explain them. */
  private static boolean isPlainObject(Growth leak) {
    return Arrays.stream(Kind.values()).noneMatch(kind -> kind.plural().equals(leak.what()));
  }

  private static boolean keepsPace(Trend first, Trend second) {
    return first.isGrowing() && second.isGrowing() && second.slope() >= first.slope() * PACE_OF_A_LEAK;
  }

  private static <X extends Exception> List<Growth> origins(LeakOptions options, List<Growth> leaks, Work<X> work)
      throws X {
    if (leaks.isEmpty() || !options.findOrigins() || !Jfr.AVAILABLE) {
      return leaks;
    }
    Map<String, String> origins = Origins.of(work);
    return leaks.stream().map(leak -> leak.withOrigin(Optional.ofNullable(origins.get(leak.what())))).toList();
  }

  private static List<Leftover> leftovers(Inventory start, Inventory end) {
    List<Leftover> leftovers = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      end.moreThan(start, kind).entrySet().stream().sorted(Map.Entry.comparingByKey())
          .forEach(name -> leftovers.add(new Leftover(kind, name.getKey(), name.getValue())));
    }
    return leftovers;
  }

  private static LeakReport.Measured measured(LeakOptions options, Rounds rounds, Inventory end) {
    List<Kind> unseen = Arrays.stream(Kind.values()).filter(kind -> end.count(kind).isEmpty()).toList();
    return new LeakReport.Measured(options.rounds(), Arrays.stream(rounds.liveBytes()).boxed().toList(), unseen);
  }
}
