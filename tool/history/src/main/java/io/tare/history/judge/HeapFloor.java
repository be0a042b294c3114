package io.tare.history.judge;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.judge.LeakJudge.LeakRoles;
import io.tare.model.history.Series;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The heap, judged by its floor. Young collections leave garbage in the old generation, so that the floor after them rises in
 * healthy programs too: a rise counts when it is still there after collections that looked at the whole heap.
 */
final class HeapFloor {
  static final int ENOUGH = 6;
  private static final int GROUPS = 12;
  private static final double HARDLY_ALLOCATED = 1 << 20;
  /** What is so close to the most that it can hold is full: the next object may be larger than what is left. */
  private static final double FULL_WITHIN = 0.001;
  /** A rate is known within a tenth or two. */
  private static final double MARGIN_OF_RATE = 1.2;

  /** Marking a heap stops the program twice: what comes so close together is one collection. */
  private static final long SAME_COLLECTION_MILLIS = 5_000;

  private final Timeline timeline;
  private final Duration least;
  private final HeapCollector collector;

  private HeapFloor(Timeline timeline, Duration least) {
    this.timeline = timeline;
    this.least = least;
    collector = HeapCollector.of(timeline);
  }

  /** Empty where the time line knows nothing of a heap. */
  static Optional<SeriesVerdict> of(Timeline timeline, Duration least) {
    return new HeapFloor(timeline, least).judge();
  }

  private Optional<SeriesVerdict> judge() {
    List<Instant> full = increments(points(SeriesNames.GC_FULL_RUNS));
    List<Point> floor = untilFull(full, points(SeriesNames.HEAP_FLOOR));
    // Before what ledgers tell to live: those are taken some moments after a collection, when a busy program has made garbage again.
    List<Point> exact = rightAfter(full, floor);
    List<Point> compacted = exact.size() >= ENOUGH ? exact : lowestBetween(full, floor);
    if (compacted.size() >= ENOUGH) {
      return Optional.of(provable(byWhole(compacted, Optional.empty()), true, compacted.size()));
    }
    List<Point> weighed = points(Account.HEAP_LIVE.id());
    if (weighed.size() >= ENOUGH) {
      SeriesVerdict course = provable(course(weighed), true, weighed.size());
      return Optional.of(collector.isBusyMeanwhile() && afterWhole(floor).size() >= ENOUGH
          ? clearer(byFloor(floor), course)
          : course);
    }
    if (floor.size() >= 2) {
      return Optional.of(byFloor(floor));
    }
    List<Point> used = points(SeriesNames.HEAP_USED);
    used = used.isEmpty() ? points(Account.HEAP_USED.id()) : used;
    return used.size() < 2 ? Optional.empty() : Optional.of(withoutCollections(used));
  }

  /**
   * An old generation that full collections can't empty any more is where the floor ends, not where the leak does: what lives beyond it lies among
   * the young. Of such readings the first counts, so much lived at least.
   */
  private List<Point> untilFull(List<Instant> full, List<Point> floor) {
    OptionalDouble most = collector.fullAt();
    if (full.isEmpty() || most.isEmpty()) {
      return floor;
    }
    List<Point> until = new ArrayList<>();
    boolean wasFull = false;
    for (Point point : floor) {
      boolean isFull = !point.at().isBefore(full.getFirst())
          && Math.abs(point.value() / most.getAsDouble() - 1) < FULL_WITHIN;
      if (!isFull || !wasFull) {
        until.add(point);
      }
      wasFull = isFull;
    }
    return until;
  }

  /** Of two answers the one that says something; of two rates the one that is known better. */
  private static SeriesVerdict clearer(SeriesVerdict floor, SeriesVerdict weighed) {
    if (floor.direction() == Direction.GROWING && weighed.direction() == Direction.GROWING) {
      return error(weighed) < error(floor) ? weighed : floor;
    }
    return floor.direction() == Direction.UNKNOWN ? weighed : floor;
  }

  private static double error(SeriesVerdict growing) {
    return growing.perHour().map(Rate::error).orElse(Double.MAX_VALUE);
  }

  private List<Point> afterWhole(List<Point> floor) {
    return lowestBetween(increments(points(SeriesNames.GC_WHOLE_RUNS)), floor);
  }

  private SeriesVerdict byFloor(List<Point> floor) {
    List<Point> lowest = afterWhole(floor);
    if (lowest.size() >= ENOUGH) {
      return provable(byWhole(lowest, lowestBefore(floor, lowest.getFirst().at())), false, lowest.size());
    }
    if (lowest.size() >= 2 && isLittleAbove(lowest.getFirst())) {
      return steady(course(lowest),
          "all that is used is less than 1 MB above what the first collection of the whole heap left");
    }
    SeriesVerdict afterAny = course(floor);
    boolean bounded = afterAny.direction() == Direction.STEADY || afterAny.direction() == Direction.FALLING;
    return bounded
        ? afterAny
        : byReached().orElseGet(() -> tooFewWhole(afterAny, floor.getLast().value(), lowest));
  }

  /**
   * What was reached of the old generation lives, to the byte, and no garbage is in it: its growth is the program's. That it does not grow proves
   * nothing: what is reached from a place that was not looked at is missing.
   */
  private Optional<SeriesVerdict> byReached() {
    List<Point> reached = points(SeriesNames.OLD_REACHED);
    if (reached.size() < ENOUGH) {
      return Optional.empty();
    }
    SeriesVerdict course = course(reached);
    return course.direction() == Direction.GROWING
        ? Optional.of(SeriesVerdicts.chargedTo(course.charge(), course,
            course.words() + "; of the old generation so much"
                + " was reached from the program's roots, traced " + reached.size() + " times"))
        : Optional.empty();
  }

  /** Growth is a leak only beyond what the collector may leave behind: so much can gather in a healthy program, too. */
  private SeriesVerdict provable(SeriesVerdict course, boolean compacted, int seen) {
    double rise = course.perHour().map(Rate::estimate).orElse(0.0)
        * Duration.between(course.from(), timeline.to()).toMillis() / 3_600_000;
    double mayLeave = collector.mayLeaveBytes(course.last(), compacted);
    if (course.direction() != Direction.GROWING || rise > mayLeave) {
      return course.direction() == Direction.UNKNOWN
          ? SeriesVerdicts.unproved(course, course.needs(), course.words() + (compacted ? "" : settledBy()))
          : course;
    }
    double more = (mayLeave - rise) / Math.max(1e-9, course.perHour().map(Rate::estimate).orElse(0.0)) * 3600;
    return SeriesVerdicts.unproved(course, Optional.of(Duration.ofSeconds((long) Math.clamp(more, 60, 86_400))),
        "rose by " + AmountWords.of(rise, SeriesUnit.BYTES) + " over " + seen + " collections of the whole heap, after"
            + " which " + collector.title() + " may leave up to " + AmountWords.of(mayLeave, SeriesUnit.BYTES)
            + " of garbage" + (compacted ? "" : settledBy()));
  }

  /** What would settle it at once. */
  private String settledBy() {
    return timeline.endedBy().isPresent()
        ? ""
        : "; a full collection settles it: tare PID --ask=gc, or tare record --settle";
  }

  /** Whether hardly anything can have been added since a collection of the whole heap, whatever later ones would find. */
  private boolean isLittleAbove(Point floor) {
    List<Point> used = points(SeriesNames.HEAP_USED);
    return !used.isEmpty() && used.getLast().value() - floor.value() < HARDLY_ALLOCATED
        && Duration.between(floor.at(), used.getLast().at()).compareTo(least) >= 0;
  }

  private static SeriesVerdict steady(SeriesVerdict course, String words) {
    return new SeriesVerdict(LeakRoles.HEAP, SeriesUnit.BYTES, LeakRole.NET, Direction.STEADY, course.first(),
        course.last(),
        course.perHour(), course.from(), Optional.empty(), words);
  }

  /** As it is, then with what is known of the time before, then with less of the collections' noise: the first clear answer counts. */
  private SeriesVerdict byWhole(List<Point> lowest, Optional<Point> before) {
    SeriesVerdict plain = course(lowest);
    if (plain.direction() != Direction.UNKNOWN) {
      return plain;
    }
    for (List<Point> points : List.of(lowest, grouped(lowest))) {
      List<Point> all = new ArrayList<>(before.stream().toList());
      all.addAll(points);
      SeriesVerdict course = course(all);
      if (course.direction() != Direction.UNKNOWN) {
        return course;
      }
    }
    return plain;
  }

  /** Collections leave more garbage at one time than at another: of several in a row the lowest floor is closest to what lives. */
  private static List<Point> grouped(List<Point> lowest) {
    int each = lowest.size() / GROUPS;
    if (each < 2) {
      return lowest;
    }
    List<Point> groups = new ArrayList<>();
    for (int from = 0; from + each <= lowest.size(); from += each) {
      groups.add(Collections.min(lowest.subList(from, from + each),
          Comparator.comparingDouble(Point::value)));
    }
    return groups;
  }

  /**
   * What lived before the first collection of the whole heap was this at most. A bound from above at the start makes growth look
   * smaller, never larger.
   */
  private static Optional<Point> lowestBefore(List<Point> floor, Instant first) {
    return floor.stream().filter(point -> point.at().isBefore(first))
        .min(Comparator.comparingDouble(Point::value));
  }

  private SeriesVerdict tooFewWhole(SeriesVerdict afterAny, double level, List<Point> lowest) {
    int seen = lowest.size();
    String rise = AmountWords.of(Math.max(0, afterAny.change()), SeriesUnit.BYTES);
    double perSecond = afterAny.perHour().map(Rate::estimate)
        .orElse(afterAny.change() * 3600 / Math.max(1, seconds(timeline.from(), timeline.to()))) / 3600;
    Optional<Duration> needs = seen < 2 && collector.due(level, perSecond).isPresent()
        ? collector.due(level, perSecond).map(first -> bounded(first.toSeconds() + afterFirst(level, perSecond, first)))
        : Optional.of(moreTime(lowest));
    String due = timeline.endedBy().isPresent() || seen >= 2
        ? ""
        : collector.dueWords(level, perSecond).map(words -> "; " + words).orElse("");
    return SeriesVerdicts.unproved(afterAny, needs, (seen == 0
        ? "the floor after young collections rose by " + rise
            + ", but no collection looked at the old generation: garbage there looks the same as a leak"
        : "the floor rose by " + rise + "; " + seen + " of " + ENOUGH
            + " collections of the whole heap that it takes have run" + every(lowest))
        + due + settledBy());
  }

  /** Once the old generation is so full, collections of the whole come close together; the rise since then must exceed what they may leave. */
  private long afterFirst(double level, double perSecond, Duration first) {
    double levelThen = level + perSecond * first.toSeconds();
    double rise = collector.mayLeaveBytes(levelThen, false);
    // The more is in use, the more may be left of it.
    rise = collector.mayLeaveBytes(levelThen + rise, false) * MARGIN_OF_RATE;
    return Math.max(least.toSeconds(), (long) (rise / Math.max(perSecond, 1e-9)));
  }

  private String every(List<Point> lowest) {
    return lowest.size() < 2
        ? ""
        : ", one every " + AmountWords.time(seconds(lowest.getFirst().at(), lowest.getLast().at())
            / (lowest.size() - 1.0));
  }

  private static long seconds(Instant from, Instant to) {
    return Duration.between(from, to).toSeconds();
  }

  /** At the pace of those that were seen. */
  private Duration moreTime(List<Point> lowest) {
    long seconds = seconds(timeline.from(), timeline.to());
    long missing = least.toSeconds() - seconds;
    long each = lowest.isEmpty()
        ? Math.max(seconds, least.toSeconds())
        : seconds / lowest.size() * (ENOUGH - lowest.size());
    return bounded(Math.max(each, missing));
  }

  private static Duration bounded(long seconds) {
    return Duration.ofSeconds(Math.clamp(seconds, 60, 86_400));
  }

  /**
   * What was read together with the count of a collection that compacts: that lives, to the byte. The same floor as before to the byte was
   * read while it ran, when the counters still told of the time before: it is left out, and what young collections promoted since then, too.
   */
  private static List<Point> rightAfter(List<Instant> compacting, List<Point> floor) {
    List<Point> exact = new ArrayList<>();
    int at = 0;
    for (Instant moment : compacting) {
      while (at < floor.size() && floor.get(at).at().isBefore(moment)) {
        at++;
      }
      boolean isRead = at < floor.size() && floor.get(at).at().equals(moment);
      if (isRead && (at == 0 || floor.get(at).value() != floor.get(at - 1).value())) {
        exact.add(floor.get(at));
      }
    }
    return exact;
  }

  /** One point for each stretch between two of these collections: the lowest floor in it. */
  private static List<Point> lowestBetween(List<Instant> whole, List<Point> floor) {
    List<Point> lowest = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < whole.size(); i++) {
      boolean last = i == whole.size() - 1;
      Instant end = last ? Instant.MAX : whole.get(i + 1);
      Point least = null;
      while (at < floor.size() && floor.get(at).at().isBefore(end)) {
        Point point = floor.get(at++);
        boolean within = !point.at().isBefore(whole.get(i));
        least = within && (least == null || point.value() < least.value()) ? point : least;
      }
      if (least != null) {
        lowest.add(least);
      }
    }
    return lowest;
  }

  private static List<Instant> increments(List<Point> counter) {
    List<Instant> moments = new ArrayList<>();
    for (int i = 1; i < counter.size(); i++) {
      Instant at = counter.get(i).at();
      boolean isNew = moments.isEmpty()
          || Duration.between(moments.getLast(), at).toMillis() >= SAME_COLLECTION_MILLIS;
      if (counter.get(i).value() > counter.get(i - 1).value() && isNew) {
        moments.add(at);
      }
    }
    return moments;
  }

  private SeriesVerdict withoutCollections(List<Point> used) {
    Curve curve = Curve.of(used);
    SeriesVerdict course = course(used);
    if (curve.highest() - curve.lowest() < HARDLY_ALLOCATED) {
      return steady(course, "hardly anything was allocated, and no collection ran");
    }
    boolean ran = !increments(points(SeriesNames.GC_RUNS)).isEmpty();
    return SeriesVerdicts.unproved(course, Optional.of(moreTime(List.of())),
        "what is used varies by " + AmountWords.of(curve.highest() - curve.lowest(), SeriesUnit.BYTES) + (ran
            ? ", and hardly a reading was taken right after a collection"
            : ", and no collection ran: garbage and a leak look the same until one does") + settledBy());
  }

  private SeriesVerdict course(List<Point> points) {
    return SeriesVerdicts.of(LeakRoles.HEAP, SeriesUnit.BYTES, LeakRole.NET, Curve.of(points),
        LeakOptions.USUAL.resting(least), timeline.endedBy().isPresent());
  }

  private List<Point> points(String id) {
    return timeline.series(id).map(Series::points).orElse(List.of());
  }
}
