package io.tare.probe.leftovers;

import io.tare.probe.Work;
import io.tare.probe.trend.Trend;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Measured rounds of work: after each, threads may end, a full GC runs, and everything is counted. */
final class Rounds {
  static final String HEAP = "heap";
  private static final int MOST_LOOKS = 4;
  private static final int DIRECT_PATIENCE_MILLIS = 100;
  /** For work whose threads stay however long one waits. */
  private static final Duration SHORT_PATIENCE = Duration.ofMillis(10);

  private final RoundTable objects;
  private final RoundTable bytes;
  private final int runsPerRound;
  private int roundsWaitedInVain;

  private Rounds(int rounds, int runsPerRound, Set<String> names) {
    this.objects = new RoundTable(rounds, names);
    this.bytes = new RoundTable(rounds, names);
    this.runsPerRound = runsPerRound;
  }

  static <X extends Exception> Rounds measure(LeakOptions options, int runsPerRound, Work<X> work) throws X {
    Set<String> names = new TreeSet<>(ClassHistogram.afterGc().byClass().keySet());
    Rounds rounds = new Rounds(options.rounds(), runsPerRound, names);
    for (int round = 0; round < options.rounds(); round++) {
      LiveThreads threads = LiveThreads.now();
      for (int run = 0; run < runsPerRound; run++) {
        work.run();
      }
      rounds.count(threads, options.settle());
    }
    return rounds;
  }

  private void count(LiveThreads threadsBefore, Duration settle) {
    Duration patience = roundsWaitedInVain < 2 ? settle : SHORT_PATIENCE;
    roundsWaitedInVain += threadsBefore.left(patience).isEmpty() ? 0 : 1;
    Stock stock = stock();
    ClassHistogram histogram = stock.histogram;
    histogram.byClass().forEach((name, count) -> {
      objects.set(name, count.objects());
      bytes.set(name, count.bytes());
    });
    bytes.set(HEAP, histogram.total().bytes());
    objects.set(HEAP, histogram.total().objects());
    for (Kind kind : Kind.values()) {
      objects.set(kind.plural(), stock.inventory.count(kind).orElse(0));
    }
    NativeMemory.now().forEach(bytes::set);
    objects.endRound();
    bytes.endRound();
  }

  private record Stock(ClassHistogram histogram, Inventory inventory) {}

  /** Both of one moment: the objects of files that were closed in between are counted still, as when a timer lets connections go. */
  private Stock stock() {
    for (int looks = 1;; looks++) {
      long files = OpenFiles.count();
      ClassHistogram histogram = ClassHistogram.afterGc();
      Inventory inventory = settledInventory(histogram);
      if (inventory.count(Kind.FILE).orElse(0) >= files || looks == MOST_LOOKS) {
        return new Stock(histogram, inventory);
      }
    }
  }

  /** A buffer found dead by the GC is freed by another thread a moment later. */
  private Inventory settledInventory(ClassHistogram histogram) {
    Inventory inventory = Inventory.now(histogram);
    long[] earlier = objects.series(Kind.DIRECT_BUFFER.plural());
    long deadline = System.nanoTime() + DIRECT_PATIENCE_MILLIS * 1_000_000L;
    while (earlier.length > 0 && inventory.count(Kind.DIRECT_BUFFER).orElse(0) > earlier[earlier.length - 1]
        && System.nanoTime() < deadline) {
      Pause.millis(5);
      inventory = Inventory.now(histogram);
    }
    return inventory;
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>(objects.names());
    names.addAll(bytes.names());
    return names;
  }

  Trend objectsPerRun(String name) {
    return perRun(objectsOf(name));
  }

  Trend bytesPerRun(String name) {
    return perRun(bytesOf(name));
  }

  /** The objects after each round, or how many there are of a kind. */
  long[] objectsOf(String name) {
    return objects.series(name);
  }

  /** The bytes after each round. */
  long[] bytesOf(String name) {
    return bytes.series(name);
  }

  int runs() {
    return runsPerRound;
  }

  long[] liveBytes() {
    return bytes.series(HEAP);
  }

  private Trend perRun(long[] series) {
    Trend trend = Trend.of(series, Trend.ONE_IN_A_THOUSAND);
    return new Trend(trend.slope() / runsPerRound, trend.low() / runsPerRound, trend.high() / runsPerRound,
        trend.points());
  }
}
