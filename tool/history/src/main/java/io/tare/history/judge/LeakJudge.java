package io.tare.history.judge;

import io.tare.history.judge.VerdictWords.Notes;
import io.tare.ledger.rules.Threshold;
import io.tare.ledger.rules.Thresholds;
import io.tare.model.history.LeakVerdict;
import io.tare.model.history.LeakVerdict.Answer;
import io.tare.model.history.LeakVerdict.Rounds;
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
import io.tare.model.ledger.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Judges a time line: every account by itself, then all together. */
public final class LeakJudge {
  /** Of the heap's own rate; G1's tables were seen to take 7 %. */
  private static final double TABLES_OF_HEAP = 0.10;

  private LeakJudge() {}

  public static LeakVerdict judge(Timeline timeline, LeakOptions options) {
    List<SeriesVerdict> courses = courses(timeline, options);
    Optional<Rounds> rounds = options.byRounds() ? RoundsJudge.judge(timeline) : Optional.empty();
    Answer answer = rounds.filter(r -> r.count() >= RoundsJudge.ENOUGH).map(LeakJudge::answer)
        .orElseGet(() -> answer(courses));
    boolean goesOn = timeline.endedBy().isEmpty();
    Optional<Duration> needs = answer == Answer.CANNOT_TELL && goesOn ? needs(courses, options) : Optional.empty();
    LeakVerdict verdict = new LeakVerdict(timeline.target(), timeline.from(), timeline.to(), answer,
        VerdictWords.of(answer, courses, rounds, needs, timeline.endedBy().isPresent()), courses,
        ToLimit.of(timeline, courses), needs, rounds, List.of(), Growers.of(timeline));
    return verdict.with(Notes.of(timeline, verdict, options));
  }

  private static List<SeriesVerdict> courses(Timeline timeline, LeakOptions options) {
    boolean ended = timeline.endedBy().isPresent();
    List<SeriesVerdict> courses = new ArrayList<>();
    HeapFloor.of(timeline, options.least()).ifPresent(courses::add);
    for (Series series : timeline.series()) {
      if (series.unit() == SeriesUnit.BYTES || series.unit() == SeriesUnit.COUNT) {
        LeakRoles.of(series.id()).ifPresent(charge -> courses.add(SeriesVerdicts.of(series, charge, options, ended)));
      }
    }
    chargeTablesToHeap(courses);
    courses.sort(Comparator.comparingInt(LeakJudge::rank)
        .thenComparing(Comparator.comparingDouble((SeriesVerdict course) -> Math.abs(course.change())).reversed())
        .thenComparing(SeriesVerdict::id));
    return courses;
  }

  /** A collector keeps tables of what lives, some of them in malloc: they grow with a heap that leaks, and are not the program's. */
  private static void chargeTablesToHeap(List<SeriesVerdict> courses) {
    double heap = courses.stream().filter(course -> course.id().equals(LeakRoles.HEAP) && course.isLeak())
        .flatMap(course -> course.perHour().stream()).mapToDouble(Rate::estimate).sum();
    courses.replaceAll(course -> course.isLeak() && course.id().startsWith("malloc.")
        && course.perHour().filter(rate -> rate.estimate() <= heap * TABLES_OF_HEAP).isPresent()
            ? SeriesVerdicts.chargedTo(LeakRole.TARE, course,
                course.words() + ": a collector's tables grow with its heap")
            : course);
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

  /**
   * How a time line is judged.
   *
   * @param least the least time that a judgement rests on; shorter only where the clock of the target runs faster
   * @param byRounds whether the marks tell equal rounds of work apart, and those decide
   * @param leastBytes that an account must have grown by over the time judged, to be worth a verdict
   */
  public record LeakOptions(Duration least, boolean byRounds, long leastBytes) {
    public static final LeakOptions USUAL = new LeakOptions(Duration.ofMinutes(5), false,
        Threshold.LEAK_LEAST.defaultValue());

    public LeakOptions resting(Duration least) {
      return new LeakOptions(least, byRounds, leastBytes);
    }

    public LeakOptions inRounds() {
      return new LeakOptions(least, true, leastBytes);
    }

    /** With what a user holds to be worth a verdict. */
    public LeakOptions by(Thresholds thresholds) {
      return new LeakOptions(least, byRounds, thresholds.value(Threshold.LEAK_LEAST));
    }
  }

  /** What growth of each series means. */
  static final class LeakRoles {
    static final String HEAP = Account.HEAP_LIVE.id();
    private static final Set<String> COUNTS = Set.of(SeriesNames.THREADS, SeriesNames.CLASSES,
        SeriesNames.FILE_DESCRIPTORS);
    private static final Set<String> SUMS = Set.of(SeriesNames.NET, SeriesNames.NET_LEAST, SeriesNames.RSS,
        SeriesNames.RSS_ANON, SeriesNames.RSS_SHARED, SeriesNames.CGROUP_USAGE, SeriesNames.CGROUP_FILE,
        SeriesNames.WORKING_SET, SeriesNames.RSS_FILE, SeriesNames.RSS_PEAK, SeriesNames.SWAP);
    /** Parts of the heap that say nothing by themselves: its floor is judged for all of them. */
    private static final Set<String> HEAP_PARTS = Set.of(HEAP, Account.HEAP_GARBAGE.id(), Account.HEAP_USED.id(),
        SeriesNames.HEAP_FLOOR, SeriesNames.OLD_REACHED, SeriesNames.HEAP_USED, SeriesNames.HEAP_COMMITTED,
        Account.HEAP_DUPLICATE.id(),
        Account.HEAP_UNSPLIT.id());

    private LeakRoles() {}

    /** Empty for what is not judged by itself: sums of others, and the heap's parts. */
    static Optional<LeakRole> of(String id) {
      if (COUNTS.contains(id)) {
        return Optional.of(LeakRole.COUNT);
      }
      if (SUMS.contains(id) || HEAP_PARTS.contains(id)) {
        return Optional.empty();
      }
      // Whether all of it is in use is not known; but what holds only zeros is apart, and what has content and piles up is not given back.
      if (id.equals(Account.ANONYMOUS.id())) {
        return Optional.of(LeakRole.NET);
      }
      if (id.equals("unexplained") || Account.byId(id).filter(account -> account.kind() == Kind.UNKNOWN).isPresent()) {
        return Optional.of(LeakRole.UNCLEAR);
      }
      boolean inUse = id.equals("direct")
          || Account.byId(id).filter(account -> account.kind() == Kind.USED || account.kind() == Kind.LIVE).isPresent();
      return Optional.of(inUse ? LeakRole.NET : LeakRole.TARE);
    }
  }
}

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
