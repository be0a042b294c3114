package io.tare.history.verdict;

import io.tare.model.history.Direction;
import io.tare.model.history.LeakRole;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.Rounds;
import io.tare.model.history.SeriesVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer in one sentence. */
final class Summaries {
  private Summaries() {}

  static String of(Answer answer, List<SeriesVerdict> courses, Optional<Rounds> rounds, Optional<Duration> needs) {
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

  private static String notGrowing(List<SeriesVerdict> courses) {
    boolean heapOnly = courses.stream().filter(course -> course.charge() == LeakRole.NET)
        .allMatch(course -> course.id().equals(LeakRoles.HEAP));
    return heapOnly ? "the live heap does not grow" : "what the program itself uses does not grow";
  }

  private static String leaking(List<SeriesVerdict> courses) {
    return courses.stream().filter(SeriesVerdict::isLeak)
        .map(course -> course.id() + " grows by "
            + course.perHour().map(rate -> Amounts.rate(rate, course.unit(), "hour")).orElse("an unknown rate"))
        .collect(Collectors.joining(", "));
  }

  private static String ofRounds(Rounds rounds) {
    return rounds.remainders().stream()
        .filter(rest -> rest.direction() == Direction.GROWING
            && (rest.charge() == LeakRole.NET || rest.charge() == LeakRole.COUNT))
        .map(rest -> rest.id() + " keeps " + Amounts.of(rest.perRound().estimate(), rest.unit()) + " of every round")
        .collect(Collectors.joining(", "));
  }

  private static String told(List<SeriesVerdict> courses) {
    String growing = courses.stream()
        .filter(course -> course.charge() == LeakRole.TARE && course.direction() == Direction.GROWING).limit(3)
        .map(SeriesVerdict::id).collect(Collectors.joining(", "));
    return growing.isEmpty() ? "" : "; what grows is " + growing;
  }

  private static String open(List<SeriesVerdict> courses) {
    String ids = courses.stream().filter(LeakJudge::isOpen).limit(3).map(SeriesVerdict::id)
        .collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? ": no account that the program itself fills was read often enough"
        : ": " + ids + " may grow";
  }
}
