package io.tare.probe.leftovers;

import io.tare.probe.trend.Trend;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the leak protocol found: what grows without end, what grew and then stopped, what is there now and was not before, the
 * living heap after each measured round, what grew and may do so, and what else there is to say.
 */
public record LeakReport(Verdict verdict, List<Growth> leaks, List<String> settled, List<Leftover> leftovers,
    Measured measured, List<Excused> excused, List<String> notes) {

  /** A verdict; "cannot tell" when there were too few rounds. */
  public enum Verdict {
    CLEAN, LEAK, CANNOT_TELL
  }

  /**
   * The rounds, the living heap after each, the kinds of leftovers that this JVM does not let us see, the runs in a round, the rarest
   * leak that would have been seen (one in so many runs; 0 with too few rounds), and the trend of native memory, where it can be read.
   */
  public record Measured(int rounds, List<Long> liveBytes, List<Kind> unseen, int runsPerRound, long seenOneIn,
      Optional<Trend> nativeBytesPerRun) {
    public Measured {
      liveBytes = List.copyOf(liveBytes);
      unseen = List.copyOf(unseen);
    }
  }

  private static final int MOST_LINES = 12;
  private static final int MOST_NAMES = 3;

  public LeakReport {
    leaks = List.copyOf(leaks);
    settled = List.copyOf(settled);
    leftovers = List.copyOf(leftovers);
    excused = List.copyOf(excused);
    notes = List.copyOf(notes);
  }

  /** The report in words, one finding a line. */
  public String inWords() {
    StringBuilder words = new StringBuilder(switch (verdict) {
      case CLEAN -> "No leak in " + measured.rounds() + " rounds of " + measured.runsPerRound()
          + (measured.runsPerRound() == 1 ? " run; cannot" : " runs; cannot") + " tell of one in more than "
          + measured.seenOneIn()
          + " runs" + nativeResolution() + ".\n";
      case LEAK -> "Leak: grows with every run of the work" + headline() + ".\n";
      case CANNOT_TELL -> "Cannot tell: " + measured.rounds() + " rounds are too few, needs 8 or more.\n";
    });
    leaks.stream().limit(MOST_LINES).forEach(leak -> words.append("  ").append(leak).append('\n'));
    if (leaks.size() > MOST_LINES) {
      words.append("  and ").append(leaks.size() - MOST_LINES).append(" more classes that grow\n");
    }
    notes.forEach(note -> words.append("  ").append(note).append('\n'));
    if (!excused.isEmpty()) {
      words.append("Grows, and is no leak:\n");
      excused.stream().limit(MOST_LINES).forEach(each -> words.append("  ").append(each).append('\n'));
    }
    if (!settled.isEmpty()) {
      words.append("Grew, then stopped (a cache that warmed up): ")
          .append(settled.stream().limit(MOST_LINES).collect(Collectors.joining(", ")))
          .append('\n');
    }
    if (!leftovers.isEmpty()) {
      words.append("There now, and not before:\n");
      for (Kind kind : Kind.values()) {
        leftoversOf(kind).ifPresent(line -> words.append("  ").append(line).append('\n'));
      }
    }
    if (!measured.unseen().isEmpty()) {
      words.append("Not looked at, this JVM does not show them: ")
          .append(measured.unseen().stream().map(Kind::plural).collect(Collectors.joining(", "))).append('\n');
    }
    return words.toString();
  }

  /** Tools show the first line of a failure only: it names what leaks and who holds it. */
  private String headline() {
    return leaks.stream().filter(leak -> !leak.holders().isEmpty()).findFirst()
        .map(leak -> ": " + leak.what() + ", held by " + leak.holders().get(0)).orElse("");
  }

  private String nativeResolution() {
    return measured.nativeBytesPerRun().map(trend -> Double.isInfinite(trend.high())
        ? ""
        : ", nor of less than " + Math.max(1, Math.round(trend.high() / 1024)) + " KB of native memory per run")
        .orElse("; native memory can't be read on this system");
  }

  private Optional<String> leftoversOf(Kind kind) {
    List<Leftover> ofKind = leftovers.stream().filter(leftover -> leftover.kind() == kind).toList();
    long count = ofKind.stream().mapToLong(Leftover::count).sum();
    String names = ofKind.stream().limit(MOST_NAMES).map(Leftover::name).collect(Collectors.joining(", "));
    return count == 0
        ? Optional.empty()
        : Optional.of(count + " " + kind.plural() + ": " + names + (ofKind.size() > MOST_NAMES ? ", …" : ""));
  }
}
