package io.tare.history.verdict;

import io.tare.model.history.Direction;
import io.tare.model.history.LeakRole;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.Rounds;
import io.tare.model.history.Series;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges a time line: every account by itself, then all together. */
public final class LeakJudge {
  private LeakJudge() {}

  public static LeakVerdict judge(Timeline timeline, LeakOptions options) {
    List<SeriesVerdict> courses = courses(timeline, options);
    Optional<Rounds> rounds = options.byRounds() ? RoundsJudge.judge(timeline) : Optional.empty();
    Answer answer = rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH).map(LeakJudge::answer)
        .orElseGet(() -> answer(courses));
    Optional<Duration> needs = answer == Answer.CANNOT_TELL ? needs(courses, options) : Optional.empty();
    return new LeakVerdict(timeline.target(), timeline.from(), timeline.to(), answer,
        Summaries.of(answer, courses, rounds, needs), courses, ToLimit.of(timeline, courses), needs, rounds,
        Notes.of(timeline, courses, options, rounds));
  }

  private static List<SeriesVerdict> courses(Timeline timeline, LeakOptions options) {
    List<SeriesVerdict> courses = new ArrayList<>();
    HeapFloor.of(timeline, options.least()).ifPresent(courses::add);
    for (Series series : timeline.series()) {
      if (series.unit() == SeriesUnit.BYTES || series.unit() == SeriesUnit.COUNT) {
        LeakRoles.of(series.id()).ifPresent(charge -> courses.add(SeriesVerdicts.of(series, charge, options.least())));
      }
    }
    courses.sort(Comparator.comparingInt(LeakJudge::rank)
        .thenComparing(Comparator.comparingDouble((SeriesVerdict course) -> Math.abs(course.change())).reversed())
        .thenComparing(SeriesVerdict::id));
    return courses;
  }

  /** Things that are counted stand before the bytes that come with them. */
  private static int rank(SeriesVerdict course) {
    if (course.isLeak()) {
      return course.charge() == LeakRole.COUNT ? 0 : 1;
    }
    boolean open = course.direction() == Direction.UNKNOWN && course.charge() != LeakRole.TARE;
    return open ? 2 : course.direction() == Direction.GROWING ? 3 : 4;
  }

  private static Answer answer(List<SeriesVerdict> courses) {
    if (courses.stream().anyMatch(SeriesVerdict::isLeak)) {
      return Answer.LEAK;
    }
    boolean judgesNet = courses.stream().anyMatch(course -> course.charge() == LeakRole.NET);
    return judgesNet && courses.stream().noneMatch(LeakJudge::isOpen) ? Answer.NO_LEAK : Answer.CANNOT_TELL;
  }

  private static Answer answer(Rounds rounds) {
    boolean leaves = rounds.remainders().stream().anyMatch(rest -> rest.direction() == Direction.GROWING
        && (rest.charge() == LeakRole.NET || rest.charge() == LeakRole.COUNT));
    return leaves ? Answer.LEAK : Answer.NO_LEAK;
  }

  /** Whether a leak may hide in it. */
  static boolean isOpen(SeriesVerdict course) {
    boolean unknown = course.direction() == Direction.UNKNOWN;
    return switch (course.charge()) {
      case NET, COUNT -> unknown;
      case UNCLEAR -> course.direction() == Direction.GROWING || unknown;
      case TARE -> false;
    };
  }

  private static Optional<Duration> needs(List<SeriesVerdict> courses, LeakOptions options) {
    Optional<Duration> longest = courses.stream().filter(LeakJudge::isOpen).flatMap(course -> course.needs().stream())
        .max(Comparator.naturalOrder());
    return longest.isPresent() ? longest : Optional.of(options.least());
  }
}
