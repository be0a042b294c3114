package io.tare.history.judge;

import io.tare.history.judge.LeakJudge.LeakOptions;
import io.tare.history.judge.LeakJudge.LeakRoles;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LeakVerdict.Rounds;
import io.tare.model.history.Series.Point;
import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answer in one sentence; of a process that has ended, as of what was. */
final class VerdictWords {
  private VerdictWords() {}

  static String of(Answer answer, List<SeriesVerdict> courses, Optional<Rounds> rounds, Optional<Duration> needs,
      boolean ended) {
    return switch (answer) {
      case LEAK -> (ended ? "It leaked: " : "It leaks: ")
          + rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH).map(VerdictWords::ofRounds)
              .orElseGet(() -> leaking(courses, ended))
          + ".";
      case NO_LEAK -> "No leak: " + rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH)
          .map(r -> "what " + r.count() + " rounds took came back").orElseGet(() -> notGrowing(courses, ended))
          + told(courses, ended) + ".";
      case CANNOT_TELL -> (ended ? "Cannot tell" : "Cannot tell yet") + open(courses, ended)
          + needs.map(time -> "; " + AmountWords.time(time.toMillis() / 1e3) + " more may settle it").orElse("") + ".";
    };
  }

  private static String notGrowing(List<SeriesVerdict> courses, boolean ended) {
    boolean heapOnly = courses.stream().filter(course -> course.charge() == LeakRole.NET)
        .allMatch(course -> course.id().equals(LeakRoles.HEAP));
    return (heapOnly ? "the live heap" : ended ? "what the program itself used" : "what the program itself uses")
        + (ended ? " did not grow" : " does not grow");
  }

  private static String leaking(List<SeriesVerdict> courses, boolean ended) {
    return courses.stream().filter(SeriesVerdict::isLeak)
        .map(course -> course.id() + (ended ? " grew by " : " grows by ")
            + course.perHour().map(rate -> AmountWords.rate(rate, course.unit(), "hour")).orElse("an unknown rate"))
        .collect(Collectors.joining(", "));
  }

  private static String ofRounds(Rounds rounds) {
    return rounds.remainders().stream()
        .filter(rest -> rest.direction() == Direction.GROWING
            && (rest.charge() == LeakRole.NET || rest.charge() == LeakRole.COUNT))
        .map(
            rest -> rest.id() + " keeps " + AmountWords.of(rest.perRound().estimate(), rest.unit()) + " of every round")
        .collect(Collectors.joining(", "));
  }

  private static String told(List<SeriesVerdict> courses, boolean ended) {
    String growing = courses.stream()
        .filter(course -> course.charge() == LeakRole.TARE && course.direction() == Direction.GROWING).limit(3)
        .map(SeriesVerdict::id).collect(Collectors.joining(", "));
    return growing.isEmpty() ? "" : (ended ? "; what grew is " : "; what grows is ") + growing;
  }

  private static String open(List<SeriesVerdict> courses, boolean ended) {
    String ids = courses.stream().filter(LeakJudge::isOpen).limit(3).map(SeriesVerdict::id)
        .collect(Collectors.joining(", "));
    return ids.isEmpty()
        ? ": no account that the program itself fills was read often enough"
        : ": " + ids + (ended ? " may have grown" : " may grow");
  }

  /** What the gap is instead of a leak, and what the answer does not cover. */
  static final class Notes {
    private static final int MOST = 3;

    private Notes() {}

    static List<String> of(Timeline timeline, LeakVerdict verdict, LeakOptions options) {
      List<SeriesVerdict> courses = verdict.courses();
      List<String> notes = new ArrayList<>();
      courses.stream().filter(course -> course.direction() == Direction.GROWING && course.charge() == LeakRole.TARE)
          .filter(course -> !verdict.isBrought(course)).forEach(course -> notes.add(growth(course)));
      gap(timeline, courses).ifPresent(notes::add);
      Duration time = Duration.between(timeline.from(), timeline.to());
      if (time.compareTo(options.least()) < 0) {
        notes.add("The time line covers " + AmountWords.time(time.toMillis() / 1e3) + "; a judgement rests on at least "
            + AmountWords.time(options.least().toMillis() / 1e3) + ".");
      }
      if (options.byRounds() && verdict.rounds().isEmpty()) {
        notes.add("No mark occurs three times or more: there are no rounds to compare.");
      }
      if (courses.stream()
          .noneMatch(course -> course.charge() == LeakRole.NET && !course.id().equals(LeakRoles.HEAP))) {
        notes.add("Native memory was not read: the answer covers the heap only.");
      }
      return notes;
    }

    private static String growth(SeriesVerdict course) {
      return course.id() + " grew by " + AmountWords.of(course.change(), course.unit()) + ": " + meaning(course.id())
          + ".";
    }

    private static String meaning(String id) {
      if (id.equals(Account.MALLOC_IDLE.id())) {
        return "freed memory that the allocator keeps, by fragmentation; no leak of the program's own";
      }
      return switch (Account.byId(id).map(Account::kind).orElse(Kind.MACHINERY)) {
        case IDLE -> "resident, but holds nothing";
        case GARBAGE -> "garbage that waits for a collection";
        case FILE -> "file pages, which the kernel can drop or write back";
        case SHARED -> "memory shared with others, or mapped more than once";
        default -> "the runtime's own";
      };
    }

    /** The heaviest accounts that are not the program's own use. */
    private static Optional<String> gap(Timeline timeline, List<SeriesVerdict> courses) {
      String heaviest = courses.stream()
          .filter(course -> course.charge() == LeakRole.TARE && course.unit() == SeriesUnit.BYTES
              && Account.byId(course.id()).isPresent() && course.last() >= 1 << 20)
          .sorted(Comparator.comparingDouble(SeriesVerdict::last).reversed()).limit(MOST)
          .map(course -> course.id() + " " + AmountWords.of(course.last(), course.unit()))
          .collect(Collectors.joining(", "));
      Optional<Double> rss = timeline.series(SeriesNames.RSS).map(series -> series.points())
          .filter(points -> !points.isEmpty()).map(List::getLast).map(Point::value);
      return heaviest.isEmpty() || rss.isEmpty()
          ? Optional.empty()
          : Optional.of("Of " + AmountWords.of(rss.get(), SeriesUnit.BYTES) + " gross at the end, most beside net is "
              + heaviest + ".");
    }
  }
}
