package io.tare.history.judge;

import io.tare.history.judge.TrendJudge.Margin;
import io.tare.history.judge.TrendJudge.Trend;
import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Settling;
import io.tare.model.history.Settling.Basis;
import io.tare.model.history.Settling.Line;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Follows every account from the end of a load on: what goes back to the system, how fast, and where it ends. */
public final class SettlingCurve {
  private static final int ENOUGH = 6;
  private static final double SMALL = 1 << 20;

  private SettlingCurve() {}

  /**
   * Empty where no load ends in the time line.
   *
   * @param label the mark at which it ended; empty to look for it
   */
  public static Optional<Settling> of(Timeline timeline, Optional<String> label) {
    return LoadEnd.in(timeline, label).map(end -> {
      List<Line> lines = new ArrayList<>();
      timeline.series().stream().filter(SettlingCurve::isResident)
          .forEach(series -> line(series, end).ifPresent(lines::add));
      lines.sort(Comparator.comparing((Line line) -> !line.id().equals(SeriesNames.RSS))
          .thenComparing(Comparator.comparingDouble((Line line) -> Math.abs(line.returned())).reversed()));
      return new Settling(end.at(), end.how(), lines);
    });
  }

  private static boolean isResident(Series series) {
    return series.unit() == SeriesUnit.BYTES && !series.id().equals(SeriesNames.HEAP_USED)
        && !series.id().equals(SeriesNames.HEAP_FLOOR) && !series.id().equals(SeriesNames.OLD_REACHED);
  }

  private static Optional<Line> line(Series series, LoadEnd end) {
    Curve all = Curve.of(series.points());
    Curve after = Curve
        .of(series.points().stream().filter(point -> !point.at().isBefore(end.at())).toList());
    if (after.size() < 2) {
      return Optional.empty();
    }
    double start = all.before(all.span() - after.span()).isEmpty()
        ? after.value(0)
        : all.value(all.size() - after.size() - 1);
    double from = Math.max(start, after.value(0));
    double last = after.after(after.second(0) + after.span() * 0.9).median();
    Optional<Duration> half = from - last > SMALL ? Optional.of(half(after, from, last)) : Optional.empty();
    return Optional.of(settled(series.id(), after, from, last, half));
  }

  private static Duration half(Curve after, double from, double last) {
    double middle = (from + last) / 2;
    int at = 0;
    while (at < after.size() - 1 && after.value(at) > middle) {
      at++;
    }
    return Duration.ofMillis(Math.round((after.second(at) - after.second(0)) * 1000));
  }

  private static Line settled(String id, Curve after, double from, double last, Optional<Duration> half) {
    if (after.size() < ENOUGH) {
      return new Line(id, from, last, half, Basis.CANNOT_TELL, Optional.empty());
    }
    Curve end = after.after(after.second(0) + after.span() * 2 / 3);
    Trend trend = new TrendJudge(new Margin(SMALL, 0.005, 0, 0.35)).judge(end);
    if (trend.direction() == Direction.STEADY) {
      return new Line(id, from, last, half, Basis.MEASURED,
          Optional.of(new Rate(end.median(), end.lowest(), end.highest())));
    }
    Optional<Rate> predicted = predicted(after, last);
    return new Line(id, from, last, half, predicted.isPresent() ? Basis.PREDICTED : Basis.CANNOT_TELL, predicted);
  }

  /** Three levels, equally far apart, of a fall that gets slower by the same factor each time (Aitken). */
  private static Optional<Rate> predicted(Curve after, double last) {
    double third = after.span() / 3;
    double a = after.before(after.second(0) + third).median();
    double b = after.after(after.second(0) + third).before(after.second(0) + 2 * third).median();
    double c = after.after(after.second(0) + 2 * third).median();
    double first = a - b;
    double second = b - c;
    if (!(first > second && second > 0)) {
      return Optional.empty();
    }
    double end = Math.max(0, c - second * second / (first - second));
    return Optional.of(new Rate(end, Math.max(0, end - (last - end)), last));
  }
}

/** When a load ended: at a mark that says so, or when the processor time that the process takes fell for good. */
record LoadEnd(Instant at, String how) {
  private static final List<String> WORDS = List.of("after run", "after_run", "after-run", "end", "done", "stop");
  private static final int STRETCHES = 60;
  /** Less than this part of the busiest stretch is no load any more. */
  private static final double QUIET = 0.2;

  static Optional<LoadEnd> in(Timeline timeline, Optional<String> label) {
    Optional<Mark> mark = timeline.marks().stream()
        .filter(one -> label.map(one.label()::equals).orElseGet(() -> saysEnd(one.label()))).reduce((a, b) -> b);
    if (mark.isPresent()) {
      return Optional.of(new LoadEnd(mark.get().at(), "the mark " + mark.get().label()));
    }
    return label.isPresent()
        ? Optional.empty()
        : fall(timeline, SeriesNames.CPU_NANOS, "the processor time that it takes")
            .or(() -> fall(timeline, SeriesNames.ALLOCATED, "what it allocates"))
            .or(() -> fall(timeline, SeriesNames.GC_RUNS, "how often it collects"));
  }

  private static boolean saysEnd(String label) {
    String lower = label.toLowerCase(Locale.ROOT);
    return WORDS.stream().anyMatch(word -> lower.equals(word) || (word.length() > 4 && lower.contains(word)));
  }

  private static Optional<LoadEnd> fall(Timeline timeline, String counter, String words) {
    Curve curve = timeline.series(counter).map(series -> Curve.of(series.points())).orElse(Curve.of(List.of()));
    if (curve.size() < 6 || curve.span() <= 0) {
      return Optional.empty();
    }
    Curve thin = curve.thinned(STRETCHES);
    double[] rates = new double[thin.size()];
    double busiest = 0;
    for (int i = 1; i < thin.size(); i++) {
      rates[i] = (thin.value(i) - thin.value(i - 1)) / Math.max(1e-9, thin.second(i) - thin.second(i - 1));
      busiest = Math.max(busiest, rates[i]);
    }
    int last = thin.size() - 1;
    while (last > 0 && rates[last] < QUIET * busiest) {
      last--;
    }
    boolean ended = last > 0 && last < thin.size() - 3;
    return ended ? Optional.of(new LoadEnd(thin.at(thin.second(last)), "a fall of " + words)) : Optional.empty();
  }
}
