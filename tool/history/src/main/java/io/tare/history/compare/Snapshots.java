package io.tare.history.compare;

import io.tare.history.judge.Curve;
import io.tare.model.capture.Capture;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Snapshot;
import io.tare.model.history.Snapshot.Amount;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be compared: a capture, or the later half of a time line. */
public final class Snapshots {
  private static final double LEAST_NOISE = 256 << 10;
  private static final double SHARE = 0.01;
  /** What changes from collection to collection: parts of the heap, and net with them. */
  private static final Set<String> RESTLESS = Set.of(SeriesNames.NET, Account.HEAP_USED.id(), Account.HEAP_IDLE.id(),
      Account.HEAP_GARBAGE.id(), SeriesNames.HEAP_USED, SeriesNames.HEAP_FLOOR);

  private static final int ENOUGH_TO_SEE = 5;
  private static final List<String> TRADED_IN_THE_HEAP = List.of(Account.HEAP_USED.id(), Account.HEAP_IDLE.id(),
      Account.HEAP_GARBAGE.id(), SeriesNames.HEAP_USED);
  private static final List<String> HEAP = List.of(Account.HEAP_USED.id(), Account.HEAP_IDLE.id(),
      Account.HEAP_GARBAGE.id(), Account.HEAP_LIVE.id(), Account.HEAP_UNSPLIT.id());
  private static final List<String> TRADED_IN_MALLOC = List.of(Account.MALLOC_USED.id(), Account.MALLOC_IDLE.id());
  private static final List<String> ON_THE_HEAP = List.of(SeriesNames.RSS, SeriesNames.RSS_ANON,
      SeriesNames.CGROUP_USAGE, SeriesNames.WORKING_SET);
  /** Between two captures of one steady service up to 28 % of the resident heap came or went; of both sides' noise 1.4 times counts. */
  private static final double BREATH = 0.4;
  /** And up to 70 % of it were in use in one and empty in the other. */
  private static final double TRADE = 2 / 3.0;

  private Snapshots() {}

  /** A single moment: how much each account usually varies is not known, and taken for one percent. */
  public static Snapshot of(String label, Capture capture) {
    return of(label, CaptureTimeline.of(List.of(capture)));
  }

  /** The later half of the time, when the process has warmed up: the median of each series, and what it varies within. */
  public static Snapshot of(String label, Timeline timeline) {
    Map<String, Amount> amounts = new LinkedHashMap<>();
    for (Series series : timeline.series()) {
      boolean level = series.unit() == SeriesUnit.BYTES || series.unit() == SeriesUnit.COUNT;
      if (level && !series.points().isEmpty()) {
        amounts.put(series.id(), amount(series));
      }
    }
    breathing(timeline, amounts);
    return new Snapshot(label, timeline.target(), timeline.to(), amounts, throughput(timeline.marks()),
        gcShare(timeline));
  }

  /** What a heap breathes in and out, where too few readings were taken to see it. */
  private static void breathing(Timeline timeline, Map<String, Amount> amounts) {
    double heap = HEAP.stream().map(amounts::get).filter(Objects::nonNull).mapToDouble(Amount::level).sum();
    if (heap == 0) {
      return;
    }
    Set<String> unseen = timeline.series().stream().filter(series -> series.points().size() < ENOUGH_TO_SEE)
        .map(Series::id).collect(Collectors.toSet());
    // A compiler thread takes its memory from what is free there, and gives it back.
    double free = amounts.containsKey(Account.MALLOC_IDLE.id()) ? amounts.get(Account.MALLOC_IDLE.id()).level() : 0;
    amounts.replaceAll((id, amount) -> {
      double noise = ON_THE_HEAP.contains(id)
          ? heap * BREATH
          : TRADED_IN_THE_HEAP.contains(id) ? heap * TRADE : TRADED_IN_MALLOC.contains(id) ? free : 0;
      return unseen.contains(id)
          ? new Amount(amount.unit(), amount.level(), Math.max(amount.noise(), noise))
          : amount;
    });
  }

  /** The highest level of each series over all the time: what a budget is held against. */
  public static Snapshot peaks(String label, Timeline timeline) {
    Map<String, Amount> amounts = new LinkedHashMap<>();
    timeline.series().stream().filter(series -> !series.points().isEmpty()).forEach(
        series -> amounts.put(series.id(), new Amount(series.unit(), Curve.of(series.points()).highest(), 0)));
    return new Snapshot(label, timeline.target(), timeline.to(), amounts, OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static Amount amount(Series series) {
    Curve all = Curve.of(series.points());
    Curve half = all.after(all.span() / 2);
    double level = half.median();
    double least = series.unit() == SeriesUnit.BYTES ? Math.max(LEAST_NOISE, SHARE * level) : 1;
    double noise = half.size() >= ENOUGH_TO_SEE ? Math.max(half.highest() - level, level - half.lowest()) : 0;
    double unseen = half.size() < ENOUGH_TO_SEE && RESTLESS.contains(series.id()) ? level / 2 : 0;
    return new Amount(series.unit(), level, Math.max(least, Math.max(noise, unseen)));
  }

  /**
   * Items between the first mark that counts them and the last. A program that counts anew in each phase marks them by other labels: each label's
   * own are added, its numbers left out; where every label comes once, all count together.
   */
  static OptionalDouble throughput(List<Mark> marks) {
    List<Mark> counting = marks.stream().filter(mark -> mark.items().isPresent()).toList();
    if (counting.size() < 2) {
      return OptionalDouble.empty();
    }
    Map<String, List<Mark>> byLabel = counting.stream()
        .collect(Collectors.groupingBy(mark -> mark.label().replaceAll("\\d+", "#")));
    boolean comesAgain = byLabel.values().stream().anyMatch(alike -> alike.size() > 1);
    double items = comesAgain ? byLabel.values().stream().mapToDouble(Snapshots::items).sum() : items(counting);
    double seconds = Duration.between(counting.getFirst().at(), counting.getLast().at()).toMillis() / 1e3;
    return seconds > 0 && items > 0 ? OptionalDouble.of(items / seconds) : OptionalDouble.empty();
  }

  private static double items(List<Mark> marks) {
    return Math.max(0, marks.getLast().items().orElse(0) - marks.getFirst().items().orElse(0));
  }

  private static OptionalDouble gcShare(Timeline timeline) {
    double collections = change(timeline, SeriesNames.GC_NANOS);
    double passed = Duration.between(timeline.from(), timeline.to()).toNanos();
    return collections > 0 && passed > 0 ? OptionalDouble.of(collections / passed) : OptionalDouble.empty();
  }

  private static double change(Timeline timeline, String counter) {
    return timeline.series(counter).map(Series::points).filter(points -> points.size() > 1)
        .map(points -> points.getLast().value() - points.getFirst().value()).orElse(0.0);
  }
}
