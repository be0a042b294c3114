package io.tare.report.story;

import io.tare.model.history.Mark;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.Story;
import io.tare.model.history.Timeline;
import io.tare.model.history.Weighing;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import io.tare.report.look.Html;
import io.tare.report.look.TimeChart;
import io.tare.report.look.TimeChart.Axes;
import io.tare.report.look.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weight over time: the ledgers' accounts stacked, gross over them, marks, collections, the limit, the end. */
final class WeightChart {
  private static final int MOST_ACCOUNTS = 9;
  private static final int MOST_LEDGERS = 300;
  private static final int MOST_MARKS = 300;
  private static final int MOST_BEATS = 600;
  private static final double LIMIT_SEEN_WITHIN = 1.8;

  private final Story story;
  private final Timeline timeline;
  private final List<Weighing> ledgers;
  private final TimeChart chart;

  private WeightChart(Told told, Units units) {
    story = told.story();
    timeline = told.timeline();
    ledgers = few(told.ledgers());
    chart = new TimeChart(new Axes(timeline.from(), timeline.to(), top(), SeriesUnit.BYTES, units));
  }

  static void write(Html html, Told told, Units units, String id) {
    WeightChart weight = new WeightChart(told, units);
    weight.accounts();
    weight.curve(SeriesNames.RSS, "Gross (RSS)", "gross");
    weight.curve(SeriesNames.HEAP_FLOOR, "Java heap after a collection", "floor");
    weight.moments();
    weight.collections();
    weight.chart.write(html, id, weight.summary());
  }

  private String summary() {
    String collections = timeline.series(SeriesNames.GC_RUNS).isPresent()
        ? " Strokes below are collections; the long ones in colour looked at the whole heap."
        : "";
    return "Areas are the accounts of the ledgers, from one ledger to the next; the line is gross." + collections
        + (timeline.marks().size() > MOST_MARKS ? " Only the first " + MOST_MARKS + " marks are drawn." : "");
  }

  private double top() {
    double highest = Math.max(new StoryWords(story, Units.BINARY).highest(),
        ledgers.stream().mapToLong(Weighing::grossBytes).max().orElse(0));
    long limit = timeline.limitBytes().orElse(Long.MAX_VALUE);
    return limit < highest * LIMIT_SEEN_WITHIN ? Math.max((double) limit, highest) : highest;
  }

  /** Evenly chosen, the heaviest among them. */
  private static List<Weighing> few(List<Weighing> all) {
    if (all.size() <= MOST_LEDGERS) {
      return all;
    }
    Weighing heaviest = all.stream().max(Comparator.comparingLong(Weighing::grossBytes)).orElseThrow();
    int each = (all.size() + MOST_LEDGERS - 1) / MOST_LEDGERS;
    List<Weighing> kept = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (i % each == 0 || i == all.size() - 1 || all.get(i).equals(heaviest)) {
        kept.add(all.get(i));
      }
    }
    return kept;
  }

  private void accounts() {
    if (ledgers.isEmpty()) {
      return;
    }
    List<String> biggest = ledgers.stream().flatMap(one -> one.accounts().keySet().stream()).distinct()
        .sorted(Comparator.comparingLong(this::most).reversed().thenComparing(id -> id)).toList();
    Map<Kind, Integer> seen = new EnumMap<>(Kind.class);
    long[] floor = new long[ledgers.size()];
    for (String id : biggest.stream().limit(MOST_ACCOUNTS).toList()) {
      Kind kind = Account.byId(id).map(Account::kind).orElse(Kind.UNKNOWN);
      int shade = Math.min(4, seen.merge(kind, 1, Integer::sum));
      stack(floor, StoryWords.title(id), "k-" + kind.label() + " n" + shade, bytes(List.of(id)));
    }
    List<String> rest = biggest.stream().skip(MOST_ACCOUNTS).toList();
    if (!rest.isEmpty()) {
      stack(floor, rest.size() + " smaller accounts", "k-rest", bytes(rest));
    }
    if (ledgers.stream().anyMatch(one -> one.unexplainedBytes() > 0)) {
      stack(floor, "No owner found", "k-unexplained", ledgers.stream().mapToLong(Weighing::unexplainedBytes).toArray());
    }
  }

  private long most(String id) {
    return ledgers.stream().mapToLong(one -> one.bytes(id)).max().orElse(0);
  }

  private long[] bytes(List<String> ids) {
    return ledgers.stream().mapToLong(one -> ids.stream().mapToLong(one::bytes).sum()).toArray();
  }

  /** Sets an area upon what lies there, and raises that. */
  private void stack(long[] floor, String name, String style, long[] bytes) {
    List<Point> low = new ArrayList<>();
    List<Point> high = new ArrayList<>();
    for (int i = 0; i < floor.length; i++) {
      Instant at = Instant.ofEpochMilli(ledgers.get(i).epochMillis());
      low.add(new Point(at, (double) floor[i]));
      floor[i] += bytes[i];
      high.add(new Point(at, (double) floor[i]));
    }
    chart.area(name, style, low, high);
  }

  private void curve(String id, String name, String style) {
    timeline.series(id).ifPresent(series -> chart.line(name, style, TimeChart.thinned(series.points())));
  }

  private void moments() {
    timeline.limitBytes().ifPresent(limit -> {
      if (limit <= top()) {
        chart.level((double) limit, "limit");
      }
    });
    timeline.marks().stream().limit(MOST_MARKS).sorted(Comparator.comparing(Mark::at))
        .forEach(mark -> chart.moment(mark.at(), mark.label(), ""));
    story.ending().ifPresent(end -> chart.moment(Instant.ofEpochMilli(end.epochMillis()),
        new StoryWords(story, Units.BINARY).isKilledForMemory() ? "killed for memory" : "end", "end"));
  }

  /** Where the count of collections rose from one reading to the next. */
  private void collections() {
    beats(rises(SeriesNames.GC_RUNS), "gc");
    beats(rises(SeriesNames.GC_WHOLE_RUNS), "gc whole");
  }

  private void beats(List<Instant> moments, String style) {
    int each = Math.max(1, moments.size() / MOST_BEATS);
    for (int i = 0; i < moments.size(); i += each) {
      chart.beat(moments.get(i), style);
    }
  }

  private List<Instant> rises(String counter) {
    List<Instant> rises = new ArrayList<>();
    Optional<Series> series = timeline.series(counter);
    List<Point> points = series.map(Series::points).orElse(List.of());
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).value() > points.get(i - 1).value()) {
        rises.add(points.get(i).at());
      }
    }
    return rises;
  }
}
