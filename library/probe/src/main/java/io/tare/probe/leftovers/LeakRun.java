package io.tare.probe.leftovers;

import io.tare.probe.Work;
import io.tare.probe.holders.HolderSearch;
import io.tare.probe.jfr.Jfr;
import io.tare.probe.leftovers.LeakReport.Verdict;
import io.tare.probe.trend.Trend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One run of the leak protocol from START to the report. */
public final class LeakRun {
  /** A cache that warms up slows down; what keeps at least this share of its pace is a leak. */
  private static final double PACE_OF_A_LEAK = 0.5;
  private static final long BUDGET_NANOS = 1_000_000_000L;
  /** The JVM's own work (compiling, tables that double) moves native memory by as much. */
  private static final long NATIVE_NOISE_BYTES = 4L << 20;
  private static final String KEEP_THE_DUMP = "tare.keep";

  private final LeakOptions options;
  private final Pace pace;
  private final Rounds first;
  /** Growth in steps, which is none before the dumps say so. */
  private final List<Growth> steps = new ArrayList<>();
  private long runsSoFar;

  private LeakRun(LeakOptions options, Pace pace, Rounds first) {
    this.options = options;
    this.pace = pace;
    this.first = first;
    this.runsSoFar = (long) (options.warmUpRounds() + options.rounds()) * pace.runsPerRound();
  }

  public static <X extends Exception> LeakReport run(LeakOptions options, Work<X> work) throws X {
    Inventory start = Inventory.now(ClassHistogram.afterGc());
    Pace pace = Pace.of(options, work);
    Pace.run(pace.within((long) options.warmUpRounds() * pace.runsPerRound(), BUDGET_NANOS), work);
    LeakRun run = new LeakRun(options, pace, Rounds.measure(options, pace.runsPerRound(), work));
    return run.report(start, work);
  }

  private <X extends Exception> LeakReport report(Inventory start, Work<X> work) throws X {
    boolean enough = options.rounds() >= Trend.LEAST_POINTS;
    List<String> suspects = first.names().stream().filter(name -> !name.equals(Rounds.HEAP) && grows(first, name))
        .toList();
    List<String> stairs = enough ? Staircase.suspects(first) : List.of();
    List<Growth> confirmed = enough && !(suspects.isEmpty() && stairs.isEmpty())
        ? confirm(work, suspects, stairs)
        : List.of();
    Inventory end = Inventory.now(ClassHistogram.afterGc());
    Judged judged = confirmed.isEmpty() ? Judged.nothing() : judge(confirmed, work);
    List<Growth> leaks = judged.leaks();
    Verdict verdict = enough ? leaks.isEmpty() ? Verdict.CLEAN : Verdict.LEAK : Verdict.CANNOT_TELL;
    List<String> settled = suspects.stream().filter(name -> enough && !judged.knows(name)).toList();
    return new LeakReport(verdict, origins(leaks, work), settled, leftovers(start, end), measured(end),
        judged.excused(), judged.notes());
  }

  private static boolean grows(Rounds rounds, String name) {
    return rounds.objectsPerRun(name).isGrowing()
        || (rounds.bytesPerRun(name).isGrowing() && (!isNative(name) || isBeyondNoise(rounds, name)));
  }

  private static boolean isNative(String name) {
    return name.startsWith(NativeMemory.OF_THE_PROCESS);
  }

  private static boolean isBeyondNoise(Rounds rounds, String name) {
    double grown = rounds.bytesPerRun(name).low() * rounds.runs() * (rounds.liveBytes().length - 1);
    return grown > (name.startsWith(NativeMemory.TRACKED) ? NATIVE_NOISE_BYTES / 8 : NATIVE_NOISE_BYTES);
  }

  private <X extends Exception> List<Growth> confirm(Work<X> work, List<String> suspects, List<String> stairs)
      throws X {
    Rounds second = Rounds.measure(options, pace.within(2L * pace.runsPerRound(), 2 * BUDGET_NANOS / options.rounds()),
        work);
    runsSoFar += (long) options.rounds() * second.runs();
    List<Growth> leaks = new ArrayList<>();
    for (String name : suspects) {
      boolean goesOn = keepsPace(first.objectsPerRun(name), second.objectsPerRun(name))
          || keepsPace(first.bytesPerRun(name), second.bytesPerRun(name));
      if (goesOn && (!isNative(name) || isBeyondNoise(second, name))) {
        leaks.add(new Growth(name, second.objectsPerRun(name), second.bytesPerRun(name), Optional.empty()));
      }
    }
    for (String name : stairs) {
      if (leaks.stream().noneMatch(leak -> leak.what().equals(name))) {
        Staircase.goingOn(name, first, second).ifPresent(steps::add);
      }
    }
    return Stream.concat(withoutExplained(leaks).stream(), steps.stream()).toList();
  }

  private static boolean keepsPace(Trend first, Trend second) {
    return first.isGrowing() && second.isGrowing() && second.slope() >= first.slope() * PACE_OF_A_LEAK;
  }

  /** Threads take native memory, and so do a growing heap's own tables: where such a thing grows, it explains the other. */
  private static List<Growth> withoutExplained(List<Growth> leaks) {
    boolean threads = leaks.stream().anyMatch(leak -> leak.what().equals(Kind.THREAD.plural()));
    double heapBytes = leaks.stream().filter(leak -> !isNative(leak.what()))
        .mapToDouble(leak -> leak.bytesPerRun().slope()).sum();
    return leaks.stream().filter(leak -> !leak.what().equals(NativeMemory.OF_THE_PROCESS)
        || (!threads && leak.bytesPerRun().slope() > heapBytes / 4)).toList();
  }

  /** Lets what leaks grow some more between two dumps, in as many runs as show each leak a few times. */
  private <X extends Exception> Judged judge(List<Growth> confirmed, Work<X> work) throws X {
    double seldom = confirmed.stream().mapToDouble(growth -> growth.objectsPerRun().slope()).filter(slope -> slope > 0)
        .min().orElse(1);
    long wanted = Math.max(2L * pace.runsPerRound(), (long) Math.ceil(12 / seldom));
    int runs = steps.isEmpty()
        ? pace.within(wanted, 2 * BUDGET_NANOS)
        : pace.within(Math.max(wanted, runsSoFar), 4 * BUDGET_NANOS);
    HolderSearch.Found found = HolderSearch.around(() -> Pace.run(runs, work),
        confirmed.stream().map(Growth::what).toList(),
        System.getProperty(KEEP_THE_DUMP, "").equals("dump"));
    List<Growth> held = confirmed.stream()
        .filter(growth -> !steps.contains(growth) || Staircase.isOnePlace(growth, found, runs)).toList();
    return Judged.of(held, found, runs, options.ignored());
  }

  private <X extends Exception> List<Growth> origins(List<Growth> leaks, Work<X> work) throws X {
    if (leaks.isEmpty() || !options.findOrigins() || !Jfr.AVAILABLE) {
      return leaks;
    }
    Map<String, String> origins = Origins.of(work, pace.within(5L * pace.runsPerRound(), BUDGET_NANOS));
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

  private LeakReport.Measured measured(Inventory end) {
    List<Kind> unseen = Arrays.stream(Kind.values()).filter(kind -> end.count(kind).isEmpty()).toList();
    Optional<Trend> nativeBytes = first.names().contains(NativeMemory.OF_THE_PROCESS)
        ? Optional.of(first.bytesPerRun(NativeMemory.OF_THE_PROCESS))
        : Optional.empty();
    return new LeakReport.Measured(options.rounds(), Arrays.stream(first.liveBytes()).boxed().toList(), unseen,
        first.runs(),
        Pace.seenOneIn(options.rounds(), first.runs()), nativeBytes);
  }
}
