package io.tare.history.verdict;

import io.tare.history.trend.Track;
import io.tare.model.history.Charge;
import io.tare.model.history.Course;
import io.tare.model.history.Direction;
import io.tare.model.history.Point;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The heap, judged by its floor. Young collections leave garbage in the old generation, so that the floor after them rises in
 * healthy programs too: a rise counts when it is still there after collections that looked at the whole heap.
 */
final class HeapCourse {
  private static final int ENOUGH = 6;
  private static final double HARDLY_ALLOCATED = 1 << 20;

  private final Timeline timeline;
  private final Duration least;

  private HeapCourse(Timeline timeline, Duration least) {
    this.timeline = timeline;
    this.least = least;
  }

  /** Empty where the time line knows nothing of a heap. */
  static Optional<Course> of(Timeline timeline, Duration least) {
    return new HeapCourse(timeline, least).judge();
  }

  private Optional<Course> judge() {
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

  private Course byFloor(List<Point> floor) {
    List<Point> lowest = lowestBetweenWholeCollections(floor);
    Course afterWhole = course(lowest);
    if (lowest.size() >= ENOUGH) {
      return afterWhole;
    }
    Course afterAny = course(floor);
    boolean bounded = afterAny.direction() == Direction.STEADY || afterAny.direction() == Direction.FALLING;
    return bounded ? afterAny : tooFewWhole(afterAny, lowest.size());
  }

  private Course tooFewWhole(Course afterAny, int seen) {
    String rise = Amounts.of(Math.max(0, afterAny.change()), SeriesUnit.BYTES);
    return Courses.unproved(afterAny, Optional.of(moreTime(seen)), seen == 0
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

  private Course withoutCollections(List<Point> used) {
    Track track = Track.of(used);
    Course course = course(used);
    if (track.highest() - track.lowest() < HARDLY_ALLOCATED) {
      return new Course(Charges.HEAP, SeriesUnit.BYTES, Charge.NET, Direction.STEADY, course.first(), course.last(),
          course.perHour(), course.from(), Optional.empty(), "hardly anything was allocated, and no collection ran");
    }
    boolean ran = !increments(points(SeriesNames.GC_RUNS)).isEmpty();
    return Courses.unproved(course, Optional.of(moreTime(0)),
        "what is used varies by " + Amounts.of(track.highest() - track.lowest(), SeriesUnit.BYTES) + (ran
            ? ", and hardly a reading was taken right after a collection"
            : ", and no collection ran: garbage and a leak look the same until one does"));
  }

  private Course course(List<Point> points) {
    return Courses.of(Charges.HEAP, SeriesUnit.BYTES, Charge.NET, Track.of(points), least);
  }

  private List<Point> points(String id) {
    return timeline.series(id).map(Series::points).orElse(List.of());
  }
}
