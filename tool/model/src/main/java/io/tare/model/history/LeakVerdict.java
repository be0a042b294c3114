package io.tare.model.history;

import io.tare.model.history.Series.SeriesUnit;
import io.tare.model.history.SeriesVerdict.Direction;
import io.tare.model.history.SeriesVerdict.LeakRole;
import io.tare.model.history.SeriesVerdict.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a process leaks, as far as its time line proves it.
 *
 * @param summary the answer in a sentence
 * @param courses every series that was judged: leaks first, then what can't be told, then what else moved, then the rest
 * @param toLimit when the growth proved here meets the limit
 * @param needs how much more time would settle what is open
 * @param rounds what did not come back of each round of work, when the marks tell rounds apart
 * @param notes what the gap is instead, and what the answer does not cover
 * @param growers classes, types or functions that became more from count to count, the one to look at first in front
 */
public record LeakVerdict(String target, Instant from, Instant to, Answer answer, String summary,
    List<SeriesVerdict> courses,
    Optional<Duration> toLimit, Optional<Duration> needs, Optional<Rounds> rounds, List<String> notes,
    List<Grower> growers) {
  public LeakVerdict {
    courses = List.copyOf(courses);
    notes = List.copyOf(notes);
    growers = List.copyOf(growers);
  }

  /** Of a process whose objects were not counted. */
  public LeakVerdict(String target, Instant from, Instant to, Answer answer, String summary,
      List<SeriesVerdict> courses, Optional<Duration> toLimit, Optional<Duration> needs, Optional<Rounds> rounds,
      List<String> notes) {
    this(target, from, to, answer, summary, courses, toLimit, needs, rounds, notes, List.of());
  }

  public LeakVerdict with(List<String> newNotes) {
    return new LeakVerdict(target, from, to, answer, summary, courses, toLimit, needs, rounds, newNotes, growers);
  }

  /** What to look at first of what became more, by its name; of a leak only. */
  public String summaryWithName() {
    if (answer != Answer.LEAK || growers.isEmpty()) {
      return summary;
    }
    Grower first = growers.getFirst();
    return summary.replaceFirst("\\.$", "") + "; look first at the "
        + (first.name().startsWith("goroutines ") ? "" : first.kind().word() + " ") + first.name();
  }

  /** The overall answer. */
  public enum Answer {
    LEAK, NO_LEAK, CANNOT_TELL
  }

  private static final Pattern PID = Pattern.compile("\\bpid (\\d+)\\b");

  /** What a leak brings with it, by the beginning of its name. */
  private static final Map<String, List<String>> BRINGS = Map.of("classes", List.of("metaspace.", "code"), "threads",
      List.of("stacks."), "heap.live", List.of("gc", "malloc."));

  /** What grows because that leaks: the metadata of classes, the stacks of threads, the collector's tables of a heap. */
  public List<SeriesVerdict> broughtBy(SeriesVerdict leak) {
    return leak.isLeak() ? courses.stream().filter(course -> brings(leak, course)).toList() : List.of();
  }

  public boolean isBrought(SeriesVerdict course) {
    return courses.stream().anyMatch(leak -> leak.isLeak() && brings(leak, course));
  }

  private static boolean brings(SeriesVerdict leak, SeriesVerdict course) {
    return course.direction() == Direction.GROWING && course.charge() == LeakRole.TARE
        && BRINGS.getOrDefault(leak.id(), List.of()).stream().anyMatch(course.id()::startsWith);
  }

  /** The ids of what leaks, the one to look at first in front. */
  public List<String> leaking() {
    return courses.stream().filter(SeriesVerdict::isLeak).map(SeriesVerdict::id).toList();
  }

  /** The command that finds the holder of what leaks, and what it tells; by the first account that leaks, whatever the runtime. */
  public Optional<String> next() {
    if (answer != Answer.LEAK || leaking().isEmpty()) {
      return Optional.empty();
    }
    String pid = PID.matcher(target).results().map(found -> found.group(1)).findFirst().orElse("PID");
    boolean isJvm = courses.stream().anyMatch(course -> course.id().startsWith("heap."));
    String id = leaking().getFirst();
    String account = id.contains(".") ? id.substring(0, id.indexOf('.')) : id;
    return Optional.of(switch (account) {
      case "heap" -> "tare who " + pid + ": of which classes the objects are; tare heap " + pid + ": who holds them";
      case "classes", "metaspace" -> "tare heap " + pid + ": which class loaders are there, and who holds them";
      case "go" -> id.equals("go.stacks")
          ? "tare who " + pid + ": where the goroutines wait"
          : "tare who " + pid + ": who allocated what is alive";
      case "python" -> "tare who " + pid + ": of which types the objects are";
      case "v8" -> "v8.writeHeapSnapshot() in the program, twice: what the second holds more";
      case "threads", "stacks" -> "tare " + pid + " --threads: which threads";
      case "fds" -> "ls -l /proc/" + pid + "/fd: which files and connections stay open";
      default -> isJvm
          ? "tare " + pid + " --ask=nmt: which part of the JVM takes native memory"
          : "tare " + pid + " --all: in which mappings it lies; then a profile of its allocator: tare who FILE";
    });
  }

  /**
   * A class, type or function that became more from count to count.
   *
   * @param firstBytes in the first counts; at most this where it was too small to be kept
   * @param counts how many counts it was judged over
   */
  public record Grower(Counting.Kind kind, String name, long firstBytes, long lastBytes, long firstObjects,
      long lastObjects, int counts) {
    public long moreBytes() {
      return lastBytes - firstBytes;
    }

    public long moreObjects() {
      return lastObjects - firstObjects;
    }
  }

  /**
   * A run of equal rounds of work, each measured at the same mark after a collection.
   *
   * @param label the mark at which the rounds are compared
   * @param count how many rounds were compared; the first one is warm-up and not among them
   */
  public record Rounds(String label, int count, List<Remainder> remainders) {
    public Rounds {
      remainders = List.copyOf(remainders);
    }

    /**
     * What a round leaves behind of one series.
     *
     * @param perRound what did not come back: the median round, the least and the most
     * @param perItem the same per item processed, where the marks count items
     * @param direction growing when every round left something; steady when nothing, or as much as before, stayed
     */
    public record Remainder(String id, SeriesUnit unit, LeakRole charge, Rate perRound, Optional<Double> perItem,
        Direction direction) {}
  }
}
