package io.tare.history.judge;

import io.tare.history.judge.LeakJudge.LeakRoles;
import io.tare.model.history.Direction;
import io.tare.model.history.LeakRole;
import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The heap, judged by its floor. Young collections leave garbage in the old generation, so that the floor after them rises in
 * healthy programs too: a rise counts when it is still there after collections that looked at the whole heap.
 */
final class HeapFloor {
  private static final int ENOUGH = 6;
  private static final int GROUPS = 12;
  private static final double HARDLY_ALLOCATED = 1 << 20;

  private final Timeline timeline;
  private final Duration least;

  private HeapFloor(Timeline timeline, Duration least) {
    this.timeline = timeline;
    this.least = least;
  }

  /** Empty where the time line knows nothing of a heap. */
  static Optional<SeriesVerdict> of(Timeline timeline, Duration least) {
    return new HeapFloor(timeline, least).judge();
  }

  private Optional<SeriesVerdict> judge() {
    List<Point> exact = points(Account.HEAP_LIVE.id());
    if (exact.size() >= ENOUGH) {
      return Optional.of(course(exact));
    }
    List<Point> floor = points(SeriesNames.HEAP_FLOOR);
    if (floor.size() >= 2) {
      return Optional.of(byFloor(floor));
    }
    List<Point> used = points(SeriesNames.HEAP_USED);
    used = used.isEmpty() ? points(Account.HEAP_USED.id()) : used;
    return used.size() < 2 ? Optional.empty() : Optional.of(withoutCollections(used));
  }

  private SeriesVerdict byFloor(List<Point> floor) {
    List<Point> lowest = lowestBetweenWholeCollections(floor);
    if (lowest.size() >= ENOUGH) {
      return byWhole(lowest, lowestBefore(floor, lowest.getFirst().at()));
    }
    if (lowest.size() >= 2 && isLittleAbove(lowest.getFirst())) {
      return steady(course(lowest),
          "all that is used is less than 1 MB above what the first collection of the whole heap left");
    }
    SeriesVerdict afterAny = course(floor);
    boolean bounded = afterAny.direction() == Direction.STEADY || afterAny.direction() == Direction.FALLING;
    return bounded ? afterAny : tooFewWhole(afterAny, lowest.size());
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

  private SeriesVerdict tooFewWhole(SeriesVerdict afterAny, int seen) {
    String rise = AmountWords.of(Math.max(0, afterAny.change()), SeriesUnit.BYTES);
    return SeriesVerdicts.unproved(afterAny, Optional.of(moreTime(seen)), seen == 0
        ? "the floor after young collections rose by " + rise
            + ", but no collection looked at the old generation: garbage there looks the same as a leak"
        : "the floor rose by " + rise + "; " + seen + " of " + ENOUGH
            + " collections of the whole heap that it takes have run");
  }

  private Duration moreTime(int seen) {
    long seconds = Duration.between(timeline.from(), timeline.to()).toSeconds();
    long missing = least.toSeconds() - seconds;
    long each = seen == 0 ? Math.max(seconds, least.toSeconds()) : seconds / seen * (ENOUGH - seen);
    return Duration.ofSeconds(Math.clamp(Math.max(each, missing), 60, 86_400));
  }

  /** One point for each stretch between two collections that looked at the whole heap: the lowest floor in it. */
  private List<Point> lowestBetweenWholeCollections(List<Point> floor) {
    List<Instant> whole = increments(points(SeriesNames.GC_WHOLE_RUNS));
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
      if (counter.get(i).value() > counter.get(i - 1).value()) {
        moments.add(counter.get(i).at());
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
    return SeriesVerdicts.unproved(course, Optional.of(moreTime(0)),
        "what is used varies by " + AmountWords.of(curve.highest() - curve.lowest(), SeriesUnit.BYTES) + (ran
            ? ", and hardly a reading was taken right after a collection"
            : ", and no collection ran: garbage and a leak look the same until one does"));
  }

  private SeriesVerdict course(List<Point> points) {
    return SeriesVerdicts.of(LeakRoles.HEAP, SeriesUnit.BYTES, LeakRole.NET, Curve.of(points), least);
  }

  private List<Point> points(String id) {
    return timeline.series(id).map(Series::points).orElse(List.of());
  }
}
