package io.tare.history.verdict;

import io.tare.model.history.Direction;
import io.tare.model.history.Point;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** When the growth that was proved meets the limit. */
final class ToLimit {
  private static final double LONGEST_SECONDS = 10.0 * 365 * 86_400;

  private ToLimit() {}

  static Optional<Duration> of(Timeline timeline, List<SeriesVerdict> courses) {
    double perHour = courses.stream().filter(course -> course.isLeak() && course.unit() == SeriesUnit.BYTES)
        .mapToDouble(course -> course.perHour().map(rate -> rate.estimate()).orElse(0.0)).sum();
    perHour = perHour > 0 ? perHour : behindCounts(courses);
    OptionalDouble now = last(timeline, SeriesNames.CGROUP_USAGE);
    now = now.isPresent() ? now : last(timeline, SeriesNames.RSS);
    if (timeline.limitBytes().isEmpty() || now.isEmpty() || perHour <= 0) {
      return Optional.empty();
    }
    double seconds = Math.max(0, timeline.limitBytes().getAsLong() - now.getAsDouble()) / perHour * 3600;
    return seconds > LONGEST_SECONDS ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.round(seconds)));
  }

  /** What grows with threads or classes that leak: stacks, class metadata. */
  private static double behindCounts(List<SeriesVerdict> courses) {
    if (courses.stream().noneMatch(SeriesVerdict::isLeak)) {
      return 0;
    }
    return courses.stream()
        .filter(course -> course.direction() == Direction.GROWING && course.unit() == SeriesUnit.BYTES
            && (course.id().startsWith("stacks.") || course.id().startsWith("metaspace.")))
        .mapToDouble(course -> course.perHour().map(rate -> rate.estimate()).orElse(0.0)).sum();
  }

  private static OptionalDouble last(Timeline timeline, String id) {
    return timeline.series(id).filter(series -> !series.points().isEmpty())
        .map(series -> OptionalDouble.of(lastOf(series.points()))).orElse(OptionalDouble.empty());
  }

  private static double lastOf(List<Point> points) {
    return points.getLast().value();
  }
}
