package io.tare.history.verdict;

import io.tare.model.history.Direction;
import io.tare.model.history.LeakRole;
import io.tare.model.history.Point;
import io.tare.model.history.Rounds;
import io.tare.model.history.SeriesNames;
import io.tare.model.history.SeriesUnit;
import io.tare.model.history.SeriesVerdict;
import io.tare.model.history.Timeline;
import io.tare.model.ledger.Account;
import io.tare.model.ledger.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gap is instead of a leak, and what the answer does not cover. */
final class Notes {
  private static final int MOST = 3;

  private Notes() {}

  static List<String> of(Timeline timeline, List<SeriesVerdict> courses, LeakOptions options, Optional<Rounds> rounds) {
    List<String> notes = new ArrayList<>();
    courses.stream().filter(course -> course.direction() == Direction.GROWING && course.charge() == LeakRole.TARE)
        .forEach(course -> notes.add(growth(course)));
    gap(timeline, courses).ifPresent(notes::add);
    Duration time = Duration.between(timeline.from(), timeline.to());
    if (time.compareTo(options.least()) < 0) {
      notes.add("The time line covers " + Amounts.time(time.toMillis() / 1e3) + "; a judgement rests on at least "
          + Amounts.time(options.least().toMillis() / 1e3) + ".");
    }
    if (options.byRounds() && rounds.isEmpty()) {
      notes.add("No mark occurs three times or more: there are no rounds to compare.");
    }
    if (courses.stream().noneMatch(course -> course.charge() == LeakRole.NET && !course.id().equals(LeakRoles.HEAP))) {
      notes.add("Native memory was not read: the answer covers the heap only.");
    }
    return notes;
  }

  private static String growth(SeriesVerdict course) {
    return course.id() + " grew by " + Amounts.of(course.change(), course.unit()) + ": " + meaning(course.id()) + ".";
  }

  private static String meaning(String id) {
    if (id.equals(Account.MALLOC_IDLE.id())) {
      return "freed memory that the allocator keeps, by fragmentation; no leak of the program's own";
    }
    if (id.equals(SeriesNames.CGROUP_FILE)) {
      return "page cache, which the kernel drops when memory is short";
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
        .map(course -> course.id() + " " + Amounts.of(course.last(), course.unit()))
        .collect(Collectors.joining(", "));
    Optional<Double> rss = timeline.series(SeriesNames.RSS).map(series -> series.points())
        .filter(points -> !points.isEmpty()).map(List::getLast).map(Point::value);
    return heaviest.isEmpty() || rss.isEmpty()
        ? Optional.empty()
        : Optional.of("Of " + Amounts.of(rss.get(), SeriesUnit.BYTES) + " gross at the end, most beside net is "
            + heaviest + ".");
  }
}
