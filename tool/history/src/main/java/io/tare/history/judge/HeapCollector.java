package io.tare.history.judge;

import io.tare.model.history.SampleColumn.Collector;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the collector of a heap may leave behind of garbage, and when it looks at the whole heap next: from which kind it is, what it
 * was told, and how large the heap is.
 *
 * @param committedBytes the largest heap that was held ready
 * @param oldMostBytes the most that the old generation may grow to
 * @param startPercent of the heap: from here on G1 marks
 * @param wastePercent that may stay garbage
 */
record HeapCollector(Optional<Collector> kind, double committedBytes, OptionalDouble oldMostBytes,
    OptionalDouble startPercent, double wastePercent) {
  private static final double USUAL_WASTE_PERCENT = 5;
  /** G1 never collects regions of which more than 85 % live ({@code G1MixedGCLiveThresholdPercent}). */
  private static final double DENSE_REGIONS = 0.15;
  /** What a full collection of Parallel may leave as dead wood: at most this part of the old generation, by its own formula. */
  private static final double DEAD_WOOD = 0.10;
  private static final double MOST_DEAD_WOOD = 0.25;
  /** ZGC counts in pages of 2 MB, and has some that are half full. */
  private static final double PAGES = 4 << 20;

  static HeapCollector of(Timeline timeline) {
    return new HeapCollector(last(timeline, SeriesNames.GC_KIND).stream().boxed().findFirst()
        .flatMap(Collector::byCode), highest(timeline, SeriesNames.HEAP_COMMITTED),
        last(timeline, SeriesNames.OLD_MOST), last(timeline, SeriesNames.GC_START_PERCENT),
        last(timeline, SeriesNames.GC_WASTE_PERCENT).orElse(USUAL_WASTE_PERCENT));
  }

  private static OptionalDouble last(Timeline timeline, String id) {
    List<Point> points = timeline.series(id).map(Series::points).orElse(List.of());
    return points.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(points.getLast().value());
  }

  private static double highest(Timeline timeline, String id) {
    List<Point> points = timeline.series(id).map(Series::points).orElse(List.of());
    return points.isEmpty() ? 0 : Collections.max(points, Comparator.comparingDouble(Point::value)).value();
  }

  String title() {
    return kind.map(Collector::title).orElse("the collector");
  }

  /** Whether a ledger right after a collection that was asked for holds what the program allocated while it ran. */
  boolean isBusyMeanwhile() {
    return kind.filter(one -> one == Collector.ZGC || one == Collector.SHENANDOAH).isPresent();
  }

  /**
   * The garbage that may be left after a collection of the whole heap, as far as it can grow by itself.
   *
   * @param level in use after it
   * @param compacted whether that collection compacted everything
   */
  double mayLeaveBytes(double level, boolean compacted) {
    double waste = wastePercent / 100;
    if (kind.isEmpty()) {
      return waste * Math.max(committedBytes, level);
    }
    return switch (kind.get()) {
      case G1 -> compacted ? waste * level : waste * committedBytes + DENSE_REGIONS * level;
      case SERIAL -> Math.min(waste * oldMostBytes.orElse(committedBytes), MOST_DEAD_WOOD * level);
      case PARALLEL -> Math.min(DEAD_WOOD * oldMostBytes.orElse(committedBytes), MOST_DEAD_WOOD * level);
      case ZGC -> waste * level + PAGES;
      case SHENANDOAH -> waste * level;
    };
  }

  /** What the old generation holds when nothing more fits into it, of a collector that fills it to the brim. */
  OptionalDouble fullAt() {
    return kind.filter(one -> one == Collector.SERIAL || one == Collector.PARALLEL).isPresent()
        ? oldMostBytes
        : OptionalDouble.empty();
  }

  /** The level of the floor at which the whole heap is collected next; unknown where time and rates decide. */
  private OptionalDouble wholeAt() {
    if (kind.isPresent() && kind.get() == Collector.G1 && startPercent.isPresent() && committedBytes > 0) {
      return OptionalDouble.of(startPercent.getAsDouble() / 100 * committedBytes);
    }
    return oldMostBytes;
  }

  /** How long it takes until then, at this rate from this level; empty where that is not known, or never. */
  Optional<Duration> due(double level, double perSecond) {
    OptionalDouble at = wholeAt();
    if (at.isEmpty() || perSecond <= 0) {
      return Optional.empty();
    }
    return Optional.of(Duration.ofSeconds((long) Math.clamp((at.getAsDouble() - level) / perSecond, 0, 30.0 * 86_400)));
  }

  /** The same in words: {@code G1 marks the old generation at 45 % of the heap, 115 MB: at this rate in about 12 min}. */
  Optional<String> dueWords(double level, double perSecond) {
    OptionalDouble at = wholeAt();
    if (at.isEmpty()) {
      return Optional.empty();
    }
    String what = startPercent.isPresent() && kind.filter(one -> one == Collector.G1).isPresent()
        ? "G1 marks the old generation when it holds " + AmountWords.of(at.getAsDouble(), SeriesUnit.BYTES)
        : title() + " collects the old generation when it holds " + AmountWords.of(at.getAsDouble(), SeriesUnit.BYTES);
    return Optional.of(what + due(level, perSecond).map(time -> time.isZero()
        ? ", which is due now"
        : ": at this rate in about " + AmountWords.time(time.toMillis() / 1e3)).orElse(", and it does not get there"));
  }
}
