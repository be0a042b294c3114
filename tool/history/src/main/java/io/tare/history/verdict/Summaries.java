package io.tare.history.verdict;

import io.tare.model.history.Charge;
import io.tare.model.history.Course;
import io.tare.model.history.Direction;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.Rounds;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer in one sentence. */
final class Summaries {
  private Summaries() {}

  static String of(Answer answer, List<Course> courses, Optional<Rounds> rounds, Optional<Duration> needs) {
    return switch (answer) {
      case LEAK -> "It leaks: " + rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH).map(Summaries::ofRounds)
          .orElseGet(() -> leaking(courses)) + ".";
      case NO_LEAK -> "No leak: " + rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH)
          .map(r -> "what " + r.count() + " rounds took came back").orElseGet(() -> notGrowing(courses))
          + told(courses) + ".";
      case CANNOT_TELL -> "Cannot tell yet" + open(courses)
          + needs.map(time -> "; " + Amounts.time(time.toMillis() / 1e3) + " more may settle it").orElse("") + ".";
    };
  }

  private static String notGrowing(List<Course> courses) {
    boolean heapOnly = courses.stream().filter(course -> course.charge() == Charge.NET)
        .allMatch(course -> course.id().equals(Charges.HEAP));
    return heapOnly ? "the live heap does not grow" : "what the program itself uses does not grow";
  }

  private static String leaking(List<Course> courses) {
    return courses.stream().filter(Course::isLeak)
        .map(course -> course.id() + " grows by "
            + course.perHour().map(rate -> Amounts.rate(rate, course.unit(), "hour")).orElse("an unknown rate"))
        .collect(Collectors.joining(", "));
  }

  private static String ofRounds(Rounds rounds) {
    return rounds.remainders().stream()
        .filter(rest -> rest.direction() == Direction.GROWING
            && (rest.charge() == Charge.NET || rest.charge() == Charge.COUNT))
        .map(rest -> rest.id() + " keeps " + Amounts.of(rest.perRound().estimate(), rest.unit()) + " of every round")
        .collect(Collectors.joining(", "));
  }

  private static String told(List<Course> courses) {
    String growing = courses.stream()
        .filter(course -> course.charge() == Charge.TARE && course.direction() == Direction.GROWING).limit(3)
        .map(Course::id).collect(Collectors.joining(", "));
    return growing.isEmpty() ? "" : "; what grows is " + growing;
  }

  private static String open(List<Course> courses) {
    String ids = courses.stream().filter(LeakJudge::isOpen).limit(3).map(Course::id).collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? ": no account that the program itself fills was read often enough"
        : ": " + ids + " may grow";
  }
}
