package io.tare.history.judge;

import io.tare.history.judge.LeakJudge.LeakRoles;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.LeakVerdict.Rounds.Remainder;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * START, work, GC, again and again: what did not come back of each round. The first round warms up and is not counted.
 */
final class RoundsJudge {
  /** Fewer comparisons prove nothing. */
  static final int ENOUGH = 3;
  private static final double LEAST_BYTES = 512;
  private static final double MOST_UNEVEN = 4;

  private RoundsJudge() {}

  static Optional<Rounds> judge(Timeline timeline) {
    Optional<String> label = label(timeline.marks());
    if (label.isEmpty()) {
      return Optional.empty();
    }
    List<Mark> ends = timeline.marks().stream().filter(mark -> mark.label().equals(label.get())).skip(1).toList();
    List<Remainder> remainders = new ArrayList<>();
    for (Series series : timeline.series()) {
      charge(series).ifPresent(charge -> remainder(series, charge, ends, timeline).ifPresent(remainders::add));
    }
    remainders.sort(Comparator.comparing((Remainder rest) -> rest.direction() != Direction.GROWING)
        .thenComparing(rest -> rest.charge() != LeakRole.COUNT).thenComparing(Remainder::id));
    return Optional.of(new Rounds(label.get(), Math.max(0, ends.size() - 1), remainders));
  }

  /** The mark after the collection if there is one; otherwise the one that comes last in a round. */
  private static Optional<String> label(List<Mark> marks) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    marks.forEach(mark -> {
      int seen = counts.getOrDefault(mark.label(), 0);
      counts.remove(mark.label());
      counts.put(mark.label(), seen + 1);
    });
    List<String> repeated = counts.entrySet().stream().filter(entry -> entry.getValue() >= 3).map(Map.Entry::getKey)
        .toList();
    Optional<String> collected = repeated.stream().filter(RoundsJudge::isAfterCollection).findFirst();
    return collected.isPresent() || repeated.isEmpty() ? collected : Optional.of(repeated.getLast());
  }

  static boolean isAfterCollection(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return lower.contains("gc") && !lower.contains("before");
  }

  private static Optional<LeakRole> charge(Series series) {
    if (series.id().equals(SeriesNames.HEAP_FLOOR) || series.id().equals("objects")) {
      return Optional.of(LeakRole.NET);
    }
    boolean level = series.unit() == SeriesUnit.BYTES || series.unit() == SeriesUnit.COUNT;
    return level ? LeakRoles.of(series.id()) : Optional.empty();
  }

  private static Optional<Remainder> remainder(Series series, LeakRole charge, List<Mark> ends, Timeline timeline) {
    List<Double> levels = new ArrayList<>();
    for (Mark end : ends) {
      level(series, end.at(), next(timeline.marks(), end.at())).ifPresent(levels::add);
    }
    if (levels.size() < ENOUGH + 1) {
      return Optional.empty();
    }
    double[] left = new double[levels.size() - 1];
    Arrays.setAll(left, i -> levels.get(i + 1) - levels.get(i));
    double[] sorted = left.clone();
    Arrays.sort(sorted);
    double median = sorted[sorted.length / 2];
    Rate rate = new Rate(median, sorted[0], sorted[sorted.length - 1]);
    double least = series.unit() == SeriesUnit.BYTES ? LEAST_BYTES : 1;
    boolean always = rate.low() >= Math.min(least, median) && median >= least
        && rate.low() > 0 && rate.high() <= MOST_UNEVEN * median;
    return Optional.of(new Remainder(series.id().equals(SeriesNames.HEAP_FLOOR) ? LeakRoles.HEAP : series.id(),
        series.unit(), charge, rate, perItem(median, ends), always ? Direction.GROWING : Direction.STEADY));
  }

  private static Instant next(List<Mark> marks, Instant at) {
    return marks.stream().map(Mark::at).filter(other -> other.isAfter(at)).findFirst().orElse(Instant.MAX);
  }

  /** The first reading after the mark, as long as nothing else was marked. */
  private static Optional<Double> level(Series series, Instant from, Instant to) {
    return series.points().stream().filter(point -> !point.at().isBefore(from) && point.at().isBefore(to)).findFirst()
        .map(Point::value);
  }

  private static Optional<Double> perItem(double perRound, List<Mark> ends) {
    long[] items = ends.stream().filter(mark -> mark.items().isPresent()).mapToLong(mark -> mark.items().getAsLong())
        .toArray();
    if (items.length < 2) {
      return Optional.empty();
    }
    boolean running = true;
    for (int i = 1; i < items.length; i++) {
      running &= items[i] > items[i - 1];
    }
    double each = running ? (items[items.length - 1] - items[0]) / (items.length - 1.0) : items[items.length - 1];
    return each > 0 ? Optional.of(perRound / each) : Optional.empty();
  }
}
